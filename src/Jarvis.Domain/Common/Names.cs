using System.Diagnostics.CodeAnalysis;

namespace Jarvis.Domain.Common;

/// <summary>Parses names of enum members. Unlike <see cref="Enum.TryParse{TEnum}(string?, out TEnum)"/>, rejects numbers and lists.</summary>
public static class Names
{
    /// <summary>Ignores case and surrounding white space.</summary>
    public static bool TryParse<TEnum>([NotNullWhen(true)] string? name, out TEnum value)
        where TEnum : struct, Enum =>
        Enum.TryParse(name, ignoreCase: true, out value)
        && Enum.IsDefined(value)
        && name.AsSpan().Trim().Equals(value.ToString(), StringComparison.OrdinalIgnoreCase);
}
