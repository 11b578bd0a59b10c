using Jarvis.TestSupport.MemoryExtraction;

namespace Jarvis.Infrastructure.Tests.Ai.Search;

public sealed class SqliteOffTopicTests() : OffTopicTests(TestDatabase.SqliteAsync);

public sealed class PostgresOffTopicTests() : OffTopicTests(TestDatabase.PostgresAsync);

/// <summary>
/// Tests what memory returns for unrelated and for related prompts, for a user who has sent all labelled sentences in both languages.
/// </summary>
public abstract class OffTopicTests(Func<Task<TestDatabase>> createDatabase) : MemorySearchTestBase(createDatabase)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await anna.AddTurnsAsync([.. LabelledSentence.Read("en").Concat(LabelledSentence.Read("pl")).Select(sentence => sentence.Text)]);
    }

    [Fact]
    public async Task Unrelated_prompts_get_no_memories_in_95_of_100_cases()
    {
        var withMemories = new List<string>();
        var prompts = Lines("offtopic.txt");
        foreach (var prompt in prompts)
        {
            if ((await anna.FindAsync(prompt)).Count > 0)
            {
                withMemories.Add(prompt);
            }
        }

        prompts.Should().HaveCount(100);
        withMemories.Count.Should().BeLessThanOrEqualTo(5, "memory returned something for these unrelated prompts: {0}", string.Join(" | ", withMemories));
    }

    [Fact]
    public async Task Questions_about_stored_statements_find_them()
    {
        var missed = new List<string>();
        foreach (var cells in Lines("ontopic.tsv").Select(line => line.Split('\t')))
        {
            if (!(await anna.FindAsync(cells[0])).Any(content => content.Contains(cells[1], StringComparison.Ordinal)))
            {
                missed.Add(cells[0]);
            }
        }

        missed.Should().BeEmpty();
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Ai", "Search", file));
}
