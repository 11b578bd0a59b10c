using System.Data;
using System.Data.Common;
using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Persistence.Identity;

internal sealed class IdentityAccounts(JarvisDbContext db, UserManager<JarvisUser> users, TimeProvider clock) : IAccounts
{
    private const int MaxAttempts = 3;
    private const string SerializationFailure = "40001";
    private const string UniqueViolation = "23505";

    // Hash for unknown names, so that their check takes as long as the check of a known name.
    private static readonly string DummyHash = new PasswordHasher<JarvisUser>().HashPassword(new JarvisUser(), "");

    public async Task<Result<Account>> RegisterAsync(string username, string email, string password, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryRegisterAsync(username, email, password, cancellationToken);
            }
            catch (Exception e) when (attempt < MaxAttempts && IsConflict(e))
            {
                // Another registration committed first. The next attempt reads it.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<Result<Account>> TryRegisterAsync(string username, string email, string password, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // The first account becomes the administrator. Isolation ensures that only one of two concurrent registrations is the first.
        var isolation = await db.Users.AnyAsync(cancellationToken) ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable;
        await using var transaction = await db.Database.BeginTransactionAsync(isolation, cancellationToken);
        var user = new JarvisUser
        {
            Id = UserId.New(now),
            UserName = username,
            Email = email,
            CreatedAt = now,
            IsAdministrator = !await db.Users.AnyAsync(cancellationToken),
        };

        var created = await users.CreateAsync(user, password);
        if (!created.Succeeded)
        {
            return ToError(created);
        }

        db.UserConfigs.Add(UserConfig.CreateDefault(user.Id, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        return ToAccount(user);
    }

    public async Task<Result<Account>> CheckPasswordAsync(string login, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByNameAsync(login) ?? await users.FindByEmailAsync(login);
        if (user is null)
        {
            users.PasswordHasher.VerifyHashedPassword(new JarvisUser(), DummyHash, password);

            return AccountErrors.WrongPassword;
        }

        if (await users.IsLockedOutAsync(user))
        {
            return AccountErrors.Locked(user.LockoutEnd!.Value - clock.GetUtcNow());
        }

        if (!await users.CheckPasswordAsync(user, password))
        {
            await users.AccessFailedAsync(user);

            return AccountErrors.WrongPassword;
        }

        await users.ResetAccessFailedCountAsync(user);

        return ToAccount(user);
    }

    public async Task<Account?> FindAsync(IQueryable<UserId> owner, CancellationToken cancellationToken) =>
        await db.Users
            .Where(row => owner.Contains(row.Id))
            .Select(row => new Account(row.Id, row.UserName!, row.IsAdministrator))
            .SingleOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyDictionary<UserId, string>> FindNamesAsync(IReadOnlyList<UserId> ids, CancellationToken cancellationToken) =>
        await db.Users.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.UserName!, cancellationToken);

    private static bool IsConflict(Exception exception) =>
        (exception as DbException ?? exception.InnerException as DbException)?.SqlState is SerializationFailure or UniqueViolation;

    private static Account ToAccount(JarvisUser user) => new(user.Id, user.UserName!, user.IsAdministrator);

    private static Error ToError(IdentityResult result)
    {
        var codes = result.Errors.Select(error => error.Code).ToHashSet();
        var describer = new IdentityErrorDescriber();
        var (field, error) = codes switch
        {
            _ when codes.Contains(nameof(describer.DuplicateUserName)) => ("username", AccountErrors.UsernameTaken),
            _ when codes.Contains(nameof(describer.DuplicateEmail)) => ("email", AccountErrors.EmailTaken),
            _ when codes.Contains(nameof(describer.InvalidEmail)) => ("email", AccountErrors.EmailInvalid),
            _ when codes.Contains(nameof(describer.InvalidUserName)) => ("username", AccountErrors.UsernameInvalid),
            _ => ("password", AccountErrors.PasswordInvalid),
        };

        return error with { Fields = new Dictionary<string, IReadOnlyList<Error>> { [field] = [error] } };
    }
}
