using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Jarvis.Web.Discord;

/// <summary>Interactions' tokens as they lie in the database: readable only with the keys that all web processes share.</summary>
internal sealed class InteractionTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Jarvis.Discord.Interactions", "v1");

    public byte[] Protect(string token) => protector.Protect(Encoding.UTF8.GetBytes(token));

    /// <summary>Null where the keys are gone that it was stored with.</summary>
    public string? Unprotect(byte[] stored)
    {
        try
        {
            return Encoding.UTF8.GetString(protector.Unprotect(stored));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
