namespace Jarvis.Domain.Common;

/// <summary>Parses names of enum members. Unlike <see cref="Enum.TryParse{TEnum}(string?, out TEnum)"/>, rejects numbers and lists.</summary>
public static class Names
{
    /// <summary>Returns the member with that name, or null. Ignores case and surrounding white space.</summary>
    public static TEnum? Parse<TEnum>(string? name)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(name, ignoreCase: true, out var value)
        && Enum.IsDefined(value)
        && name.AsSpan().Trim().Equals(value.ToString(), StringComparison.OrdinalIgnoreCase)
            ? value
            : null;
}
