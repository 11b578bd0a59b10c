namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>A question that has one answer at a time, and its answer: residence → Bern, name of the dog → Reksio.</summary>
/// <param name="Subject">What it is about, in English where the lexicon knows it; empty where the name says it all.</param>
internal sealed record PersonalAttribute(string Name, string Subject, string Value)
{
    public bool IsSameAttributeAs(PersonalAttribute other) => Name == other.Name && WordForms.Same(Subject, other.Subject);

    public bool HasSameValueAs(PersonalAttribute other) => WordForms.Same(Value, other.Value);
}
