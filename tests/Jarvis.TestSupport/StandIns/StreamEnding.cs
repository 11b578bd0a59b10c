namespace Jarvis.TestSupport.StandIns;

public enum StreamEnding
{
    /// <summary>Ends the stream as the protocol requires.</summary>
    Proper,

    /// <summary>Closes the connection in the middle.</summary>
    Cut,

    /// <summary>Ends the response without reporting that the answer is complete.</summary>
    NoFinish,

    /// <summary>Reports that the answer is complete, then closes the connection before the usage and <c>[DONE]</c>.</summary>
    CutAfterFinish,

    /// <summary>Sends nothing more and keeps the connection open.</summary>
    Silence,
}
