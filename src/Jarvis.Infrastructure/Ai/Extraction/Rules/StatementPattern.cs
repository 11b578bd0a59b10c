using System.Text.RegularExpressions;
using Jarvis.Domain.Memories;

namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>Pattern of one kind of statement that users make about themselves.</summary>
/// <remarks>
/// The expression matches from the start of a clause. Group <c>of</c> is the subject (dog, sister), <c>v</c> the value. The expressions
/// are interpreted, not compiled: there are many, most fail on their first words, and compiling would cost more than it saves.
/// </remarks>
internal sealed class StatementPattern(MemoryKind kind, float salience, string pattern)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public MemoryKind Kind { get; } = kind;

    public Salience Salience { get; } = new(salience);

    public Regex Expression { get; } = new("^(?:" + pattern + ")", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Timeout);

    /// <summary>Name of the attribute that the statement sets: <c>residence</c>, <c>name</c>; null if it can have many values.</summary>
    public string? Slot { get; init; }

    /// <summary>Value if the text has none (<c>yes</c> and <c>no</c> of a taste).</summary>
    public string? Value { get; init; }

    /// <summary>
    /// Indicates whether another value supersedes the known one. "I have a dog called Rex" doesn't contradict another dog.
    /// </summary>
    public bool Replaces { get; init; } = true;

    /// <summary>Indicates whether the statement only ends something. It counts only if it supersedes a known memory.</summary>
    public bool Ends { get; init; }

    /// <summary>Indicates whether the statement counts only with a date or time.</summary>
    public bool Dated { get; init; }
}
