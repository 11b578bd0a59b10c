using Jarvis.Domain.Common;

namespace Jarvis.Application.Accounts;

/// <summary>Stores user names and passwords, and checks their rules. Only this port hashes passwords. Passwords are never logged.</summary>
public interface IAccounts
{
    /// <summary>
    /// Creates an account and its configuration in one transaction. The first account becomes the administrator. Returns an error
    /// with the invalid field for a taken name, a taken address or a weak password.
    /// </summary>
    Task<Result<Account>> RegisterAsync(string username, string email, string password, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the account with this name or e-mail address if the password is correct. The error does not reveal whether the
    /// account exists. Wrong passwords are counted and lock the account for a while.
    /// </summary>
    Task<Result<Account>> CheckPasswordAsync(string login, string password, CancellationToken cancellationToken);

    /// <summary>Returns null if the account does not exist.</summary>
    /// <param name="owner">Query of this database that returns at most one id. It runs together with the account query, in one round trip.</param>
    Task<Account?> FindAsync(IQueryable<UserId> owner, CancellationToken cancellationToken);

    /// <summary>Returns the names of the accounts that exist.</summary>
    Task<IReadOnlyDictionary<UserId, string>> FindNamesAsync(IReadOnlyList<UserId> ids, CancellationToken cancellationToken);
}

public sealed record Account(UserId Id, string Username, bool IsAdministrator);
