namespace Jarvis.Testing.StandIns;

public enum OpenAiEnding
{
    /// <summary>As the protocol has it.</summary>
    Proper,

    /// <summary>The connection is reset.</summary>
    Abort,

    /// <summary>The response ends, but does not say that the answer is whole.</summary>
    NoFinish,

    /// <summary>The answer is said to be whole, then the connection is reset before the usage and <c>[DONE]</c>.</summary>
    AbortAfterFinish,

    /// <summary>Nothing more comes, and the connection stays.</summary>
    Silence,
}
