using System.Text.Json.Serialization;

namespace Jarvis.Domain.Conversations;

/// <summary>Use of memory for an answer, or the reason against it. The JSON names are part of the API.</summary>
public enum MemoryUsage
{
    /// <summary>Memory was searched for this answer; it may have found nothing.</summary>
    [JsonStringEnumMemberName("asked")]
    Used,

    /// <summary>Memory was not searched: the person's setting keeps memory from models outside the private network.</summary>
    [JsonStringEnumMemberName("keptFromCloud")]
    LocalOnly,

    /// <summary>Memory was not searched: the chat is without memory.</summary>
    [JsonStringEnumMemberName("off")]
    Disabled,

    /// <summary>Memory was not searched: other people read the answer too, and the person did not ask for memory there.</summary>
    [JsonStringEnumMemberName("overheard")]
    PublicAudience,
}
