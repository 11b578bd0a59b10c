namespace Jarvis.Testing.StandIns;

public enum OpenAiEnding
{
    /// <summary>As the protocol has it.</summary>
    Proper,

    /// <summary>The connection is reset.</summary>
    Abort,

    /// <summary>The response ends, but does not say that the answer is whole.</summary>
    NoFinish,

    /// <summary>Nothing more comes, and the connection stays.</summary>
    Silence,
}
