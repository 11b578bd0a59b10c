using System.Text.RegularExpressions;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>One way of stating something about oneself: a row of a language's table.</summary>
/// <remarks>
/// The expression is matched from the start of a clause. Group <c>of</c> names what is spoken of (dog, sister), <c>v</c> the
/// value. Interpreted, not compiled: the rows are many and fail on their first words, so that compiling them would cost more
/// than it saves.
/// </remarks>
internal sealed class StatementPattern(MemoryKind kind, float salience, string pattern)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public MemoryKind Kind { get; } = kind;

    public Salience Salience { get; } = new(salience);

    public Regex Expression { get; } = new("^(?:" + pattern + ")", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Timeout);

    /// <summary>What it answers, if that has one answer at a time: <c>residence</c>, <c>name</c>; null for anything else.</summary>
    public string? Slot { get; init; }

    /// <summary>The value, where the words have none (<c>yes</c> and <c>no</c> of a taste).</summary>
    public string? Value { get; init; }

    /// <summary>Whether another value ends the one known before: "I have a dog called Rex" says nothing against another dog.</summary>
    public bool Replaces { get; init; } = true;

    /// <summary>Says only that something holds no more: worth keeping where it ends what is known, and nothing otherwise.</summary>
    public bool Ends { get; init; }

    /// <summary>Counts only with a date or a time in it.</summary>
    public bool Dated { get; init; }
}
