using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>Leads a refusal out of the middle of an attempt; it never leaves the adapter.</summary>
internal sealed class AzureBoardsException(Error error) : Exception(error.Message)
{
    public Error Error { get; } = error;
}
