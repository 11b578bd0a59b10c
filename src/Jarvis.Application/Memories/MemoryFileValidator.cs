using FluentValidation;
using FluentValidation.Results;
using Jarvis.Application.Pipeline;
using Jarvis.Domain.Common;
using Jarvis.Domain.Memories;

namespace Jarvis.Application.Memories;

/// <summary>Validates a memory file item by item, up to a readable number of errors.</summary>
internal static class MemoryFileValidator
{
    public const float DefaultSalience = 0.5f;
    private const int MaxErrors = 20;

    // Lower bound of dates: a UUIDv7 cannot be older, and neither can a memory.
    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Validate(MemoryFile file, ValidationContext<ImportMemory> context)
    {
        if (file is not { Format: MemoryExport.FormatName, Version: MemoryExport.FormatVersion, Items: { } items })
        {
            AddError(context, "file", MemoryErrors.ImportUnknown);
        }
        else if (items.Count > ImportMemory.MaxItems)
        {
            AddError(context, "items", MemoryErrors.ImportTooLarge);
        }
        else
        {
            var refusals = items.SelectMany((item, position) => CheckItem(item).Select(wrong => (Field: $"items[{position}].{wrong.Field}", wrong.Error)));
            foreach (var (field, error) in refusals.Take(MaxErrors))
            {
                AddError(context, field, error);
            }

            if (HasCycle(items))
            {
                AddError(context, "items", MemoryErrors.ImportCycle);
            }
        }
    }

    private static IEnumerable<(string Field, Error Error)> CheckItem(MemoryFileItem? item)
    {
        if (item?.Kind is null)
        {
            yield return ("kind", MemoryErrors.ImportKind);
        }

        if (string.IsNullOrWhiteSpace(item?.Content) || item.Content.Length > MemoryItem.ContentMaxLength || !item.Content.IsStorable())
        {
            yield return ("content", MemoryErrors.ContentInvalid);
        }

        if (item?.Salience is { } salience && !Salience.IsValid(salience))
        {
            yield return ("salience", MemoryErrors.ImportSalience);
        }

        if (item?.ValidTo < item?.ValidFrom || new[] { item?.CreatedAt, item?.EditedAt, item?.ValidFrom, item?.ValidTo }.Any(date => date < Earliest))
        {
            yield return ("validTo", MemoryErrors.ImportDates);
        }

        if (item is { SupersededBy: not null, ValidTo: null })
        {
            yield return ("supersededBy", MemoryErrors.ImportDates);
        }
    }

    private static bool HasCycle(IReadOnlyList<MemoryFileItem?> items)
    {
        var next = new Dictionary<Guid, Guid>();
        foreach (var item in items)
        {
            if (item is { Id: { } id, SupersededBy: { } newer })
            {
                next[id] = newer;
            }
        }

        var ends = new HashSet<Guid>();
        foreach (var start in next.Keys)
        {
            var way = new HashSet<Guid>();
            for (var at = start; next.TryGetValue(at, out var newer) && !ends.Contains(at); at = newer)
            {
                if (!way.Add(at))
                {
                    return true;
                }
            }

            ends.UnionWith(way);
        }

        return false;
    }

    private static void AddError(ValidationContext<ImportMemory> context, string field, Error error) =>
        context.AddFailure(new ValidationFailure(field, error.Message) { ErrorCode = error.Code, CustomState = error });
}
