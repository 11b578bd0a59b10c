namespace Jarvis.Infrastructure.MemoryExtraction;

/// <summary>A question that has one answer at a time, and its answer: residence → Bern, name of the dog → Reksio.</summary>
/// <param name="Subject">What it is about, in English where the lexicon knows it; empty where the name says it all.</param>
internal sealed record Slot(string Name, string Subject, string Value)
{
    public bool AsksTheSameAs(Slot other) => Name == other.Name && WordForms.Same(Subject, other.Subject);

    public bool AnswersTheSameAs(Slot other) => WordForms.Same(Value, other.Value);
}
