using Jarvis.Application.Memories;
using Jarvis.Domain.Common;

namespace Jarvis.Application.Tests.Memories;

/// <summary>Extractor with scripted results that records its inputs.</summary>
internal sealed class ScriptedExtractor : IMemoryExtractor
{
    private readonly List<ExtractionInput> inputs = [];

    public string Name => "scripted";

    public Func<ExtractionInput, Result<ExtractionResult>> Next { get; set; } = _ => new ExtractionResult("", []);

    /// <summary>Runs during the extraction, for concurrent writes.</summary>
    public Func<Task> OnExtracting { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<ExtractionInput> Inputs => inputs;

    public async Task<Result<ExtractionResult>> ExtractAsync(ExtractionInput input, CancellationToken cancellationToken)
    {
        inputs.Add(input);
        await OnExtracting();

        return Next(input);
    }
}
