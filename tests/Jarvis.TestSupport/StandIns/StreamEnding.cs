namespace Jarvis.TestSupport.StandIns;

public enum StreamEnding
{
    /// <summary>As the protocol has it.</summary>
    Proper,

    /// <summary>The connection is closed in the middle.</summary>
    Cut,

    /// <summary>The response ends, but does not say that the answer is whole.</summary>
    NoFinish,

    /// <summary>The answer is said to be whole, then the connection is closed before the usage and <c>[DONE]</c>.</summary>
    CutAfterFinish,

    /// <summary>Nothing more comes, and the connection stays.</summary>
    Silence,
}
