using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;
using Jarvis.Domain.Speech;
using Jarvis.Infrastructure.Persistence.Search;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Pgvector;

namespace Jarvis.Infrastructure.Persistence;

internal sealed class IdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Wrap(value))
    where TId : struct, IId<TId>
{
    // An expression tree cannot call a static abstract member directly.
    private static TId Wrap(Guid value) => TId.From(value);
}

internal sealed class TemperatureConverter() : ValueConverter<Temperature, float>(value => value.Value, value => new Temperature(value));

internal sealed class SpeechSpeedConverter() : ValueConverter<SpeechSpeed, float>(value => value.Value, value => new SpeechSpeed(value));

internal sealed class SalienceConverter() : ValueConverter<Salience, float>(value => value.Value, value => new Salience(value));

internal sealed class ContentHashConverter() : ValueConverter<ContentHash, string>(hash => hash.Value, value => ContentHash.FromStored(value));

/// <summary>
/// Stores enumerations as words. A row is readable without this code, and reordering an enumeration changes no row. A member that was
/// renamed keeps its word by <see cref="JsonStringEnumMemberNameAttribute"/>.
/// </summary>
[SuppressMessage("Globalization", "CA1308", Justification = "Words are stored in lower case.")]
internal sealed class EnumNameConverter<TEnum>() : ValueConverter<TEnum, string>(value => ToWord(value), word => FromWord(word))
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Words = Enum.GetValues<TEnum>().ToDictionary(value => value, value => FindName(value).ToLowerInvariant());

    private static readonly Dictionary<string, TEnum> Values = Words.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    private static string ToWord(TEnum value) => Words[value];

    private static TEnum FromWord(string word) => Values[word];

    private static string FindName(TEnum value) =>
        typeof(TEnum).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.ToString();
}

/// <summary>Stores times as text, because SQLite has no type for them. Text in UTC with a fixed number of digits sorts by time.</summary>
internal sealed class UtcTextConverter() : ValueConverter<DateTimeOffset, string>(
    value => value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture),
    text => DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
}

/// <summary>Stores vectors as bytes, because SQLite has no type for them.</summary>
internal sealed class HalfVectorBytesConverter() : ValueConverter<HalfVector, byte[]>(vector => StoredVector.Encode(vector), bytes => StoredVector.Decode(bytes));
