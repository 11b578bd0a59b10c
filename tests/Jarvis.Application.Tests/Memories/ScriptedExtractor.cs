using Jarvis.Application.Memories;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Tests.Memories;

/// <summary>Answers as it is told, and keeps what it was given.</summary>
internal sealed class ScriptedExtractor : IMemoryExtractor
{
    private readonly List<ExtractionInput> inputs = [];

    public string Name => "scripted";

    public Func<ExtractionInput, Result<ExtractionResult>> Next { get; set; } = _ => new ExtractionResult("", []);

    /// <summary>Happens while it works: somebody else writes.</summary>
    public Func<Task> OnExtracting { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<ExtractionInput> Inputs => inputs;

    public async Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken)
    {
        inputs.Add(input);
        await OnExtracting();

        return Next(input);
    }
}
