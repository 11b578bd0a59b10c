using Jarvis.Domain.Accounts;

namespace Jarvis.Domain.Common;

/// <summary>Belongs to one person; every query for it starts from its owner.</summary>
public interface IUserOwned
{
    UserId UserId { get; }
}
