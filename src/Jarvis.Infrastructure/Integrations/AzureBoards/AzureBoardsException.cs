using Jarvis.Domain.Common;

namespace Jarvis.Infrastructure.Integrations.AzureBoards;

/// <summary>Carries an error out of the steps of an attempt. The adapter catches it.</summary>
internal sealed class AzureBoardsException(Error error) : Exception(error.Message)
{
    public Error Error { get; } = error;
}
