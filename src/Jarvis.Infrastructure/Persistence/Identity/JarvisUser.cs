using Jarvis.Domain.Common;
using Microsoft.AspNetCore.Identity;

namespace Jarvis.Infrastructure.Persistence.Identity;

/// <summary>A user account as ASP.NET Core Identity stores it.</summary>
internal sealed class JarvisUser : IdentityUser<UserId>
{
    public DateTimeOffset CreatedAt { get; set; }

    public bool IsAdministrator { get; set; }
}
