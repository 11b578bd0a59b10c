using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Accounts;

/// <summary>Names, passwords and their rules. Passwords are hashed there and nowhere else, and are never logged.</summary>
public interface IAccounts
{
    /// <summary>
    /// Makes an account with its configuration, in one transaction; the very first becomes the administrator. Refuses a taken
    /// name or address, or a weak password, with the field that is wrong.
    /// </summary>
    Task<Result<Account>> RegisterAsync(string username, string email, string password, CancellationToken cancellationToken);

    /// <summary>
    /// The account of that name or e-mail address, if the password fits. Refusals do not tell whether there is such an
    /// account; wrong passwords count, and lock it for a while.
    /// </summary>
    Task<Result<Account>> CheckPasswordAsync(string login, string password, CancellationToken cancellationToken);

    /// <summary>Null where there is none.</summary>
    /// <param name="owner">A query of this database for one id at most; it is asked together with the account, in one round trip.</param>
    Task<Account?> FindAsync(IQueryable<UserId> owner, CancellationToken cancellationToken);

    /// <summary>The names of those that there are.</summary>
    Task<IReadOnlyDictionary<UserId, string>> FindNamesAsync(IReadOnlyList<UserId> ids, CancellationToken cancellationToken);
}

public sealed record Account(UserId Id, string Username, bool IsAdministrator);
