namespace Jarvis.Infrastructure.Ai.Extraction.Rules;

/// <summary>Attribute with one value at a time: residence → Bern, name of the dog → Reksio.</summary>
/// <param name="Subject">Subject of the attribute, in English if the lexicon contains it; empty if the name suffices.</param>
internal sealed record PersonalAttribute(string Name, string Subject, string Value)
{
    public bool IsSameAttributeAs(PersonalAttribute other) => Name == other.Name && WordForms.Same(Subject, other.Subject);

    public bool HasSameValueAs(PersonalAttribute other) => WordForms.Same(Value, other.Value);
}
