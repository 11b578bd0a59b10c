using System.Security.Cryptography;
using System.Text;
using Jarvis.Application.Discord;
using Microsoft.AspNetCore.DataProtection;

namespace Jarvis.Web.Discord;

internal sealed class InteractionTokenProtector(IDataProtectionProvider protection) : IInteractionTokenProtector
{
    private readonly IDataProtector protector = protection.CreateProtector("Jarvis.Discord.Interactions", "v1");

    public byte[] Protect(string token) => protector.Protect(Encoding.UTF8.GetBytes(token));

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
