using Jarvis.Application.Accounts;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Infrastructure.Persistence.Identity;

internal static class AccountsRegistration
{
    private const int MaxFailedAttempts = 5;
    private static readonly TimeSpan LockoutDuration = TimeSpan.FromMinutes(10);

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services
            .AddIdentityCore<JarvisUser>(options =>
            {
                options.User.RequireUniqueEmail = true;

                // RegisterAccount has the rule for names. Length is the only password rule that makes passwords stronger.
                options.User.AllowedUserNameCharacters = null!;
                options.Password.RequiredLength = AccountErrors.PasswordMinLength;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = MaxFailedAttempts;
                options.Lockout.DefaultLockoutTimeSpan = LockoutDuration;
            })
            .AddUserStore<UserOnlyStore<JarvisUser, JarvisDbContext, UserId>>();
        services.AddScoped<IAccounts, IdentityAccounts>();

        return services;
    }
}
