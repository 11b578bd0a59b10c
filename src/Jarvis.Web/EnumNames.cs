using Jarvis.Domain.Common;

namespace Jarvis.Web;

internal static class EnumNames
{
    /// <summary>Returns the enum value with that name, or null if the text is not a name of the enum.</summary>
    public static TEnum? Parse<TEnum>(string? name)
        where TEnum : struct, Enum => Names.TryParse<TEnum>(name, out var value) ? value : null;
}
