namespace Jarvis.Web;

internal static class EnumNames
{
    /// <summary>Returns the value with that name in any case; null for any other text, numbers included, which <see cref="Enum"/> would parse.</summary>
    public static TEnum? Parse<TEnum>(string? name)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsDigit(name![0]) ? value : null;
}
