using System.Globalization;
using System.IO.Compression;
using System.Text;
using Jarvis.Application.Conversations;
using Jarvis.Application.Imports;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Integrations.Imports;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Infrastructure.Tests.Integrations.Imports;

public sealed class ConversationFileReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ImportOptions options = new();

    [Fact]
    public async Task Last_viewed_branch_is_imported()
    {
        var read = await ReadAsync(Chat(
            "u2b",
            Node("root", null, "null"),
            Node("u1", "root", Message("user", "Hello", at: 1)),
            Node("a1", "u1", Message("assistant", "Hi")),
            Node("u2a", "a1", Message("user", "The first try")),
            Node("u2b", "a1", Message("user", "The second try", at: 5))));

        Prompts(read).Should().Equal("Hello", "The second try");
        read[0].Value.Turns.Select(turn => turn.ExternalId).Should().Equal("u1", "u2b");
        read[0].Value.Turns.Select(turn => turn.At).Should().Equal(DateTimeOffset.UnixEpoch.AddSeconds(1), DateTimeOffset.UnixEpoch.AddSeconds(5));
        read[0].Value.Turns[1].Response.Should().BeNull();
    }

    [Fact]
    public async Task System_tool_and_hidden_messages_are_skipped()
    {
        var read = await ReadAsync(Chat(
            "a3",
            Node("s", null, Message("system", "You are ChatGPT")),
            Node("c", "s", Message("user", "about me", type: "user_editable_context")),
            Node("h", "c", Message("user", "hidden", hidden: true)),
            Node("u1", "h", Message("user", "What is new?")),
            Node("a1", "u1", Message("assistant", "search()", recipient: "web")),
            Node("t1", "a1", Message("tool", "results")),
            Node("a2", "t1", Message("assistant", "thinking", type: "thoughts")),
            Node("a3", "a2", Message("assistant", "This."))));

        Prompts(read).Should().Equal("What is new?");
        read[0].Value.Turns[0].Response.Should().Be("This.");
    }

    [Fact]
    public async Task Consecutive_messages_are_merged_and_leading_answer_is_dropped()
    {
        var read = await ReadAsync(Chat(
            "u3",
            Node("a0", null, Message("assistant", "Welcome")),
            Node("u1", "a0", Message("user", "One")),
            Node("u2", "u1", Message("user", "Two")),
            Node("a1", "u2", Message("assistant", "First")),
            Node("a2", "a1", Message("assistant", "Second")),
            Node("u3", "a2", Message("user", "Three"))));

        Prompts(read).Should().Equal("One\n\nTwo", "Three");
        read[0].Value.Turns[0].Response.Should().Be("First\n\nSecond");
    }

    [Fact]
    public async Task Images_become_a_note_audio_its_transcript_and_files_their_names()
    {
        var read = await ReadAsync(Chat(
            "u3",
            Node("u1", null, """{"author":{"role":"user"},"content":{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer"},"What is this?",{"unknown":1},null,7]}}"""),
            Node("a1", "u1", Message("assistant", "A dog")),
            Node("u2", "a1", """{"author":{"role":"user"},"content":{"content_type":"multimodal_text","parts":[{"content_type":"audio_transcription","text":"And this?"},{"content_type":"audio_asset_pointer"}]}}"""),
            Node("a2", "u2", Message("assistant", "A cat")),
            Node("u3", "a2", """{"author":{"role":"user"},"content":{"content_type":"text","parts":[""]},"metadata":{"attachments":[{"name":"cv.pdf"}]}}""")));

        Prompts(read).Should().Equal("[image]\nWhat is this?", "And this?", "[cv.pdf]");
    }

    [Theory]
    [InlineData("\"current_node\":\"missing\",")]
    [InlineData("\"current_node\":null,")]
    [InlineData("")]
    public async Task Newest_branch_is_imported_when_current_node_is_missing(string current)
    {
        var chat = Chat("x", Node("a", null, Message("user", "One", at: 1)), Node("b", "a", Message("user", "New", at: 9)), Node("c", "a", Message("user", "Old", at: 5)));

        var read = await ReadAsync(chat.Replace("\"current_node\":\"x\",", current, StringComparison.Ordinal));

        Prompts(read).Should().Equal("One\n\nNew");
    }

    [Fact]
    public async Task Cyclic_or_detached_tree_is_read_as_far_as_possible()
    {
        var round = await ReadAsync(Chat("b", Node("a", "b", Message("user", "One")), Node("b", "a", Message("assistant", "Two"))));
        var detached = await ReadAsync(Chat("b", Node("b", "nowhere", Message("user", "One"))));

        round.Should().ContainSingle().Which.Error.Should().BeNull();
        Prompts(detached).Should().Equal("One");
    }

    [Fact]
    public async Task Nodes_with_wrong_types_are_skipped()
    {
        var read = await ReadAsync(Chat(
            "u",
            Node("x1", null, "7"),
            Node("x2", "x1", """{"author":"user","content":"text"}"""),
            Node("x3", "x2", """{"author":{"role":"user"},"content":{"parts":"no list"},"create_time":"yesterday"}"""),
            Node("x4", "x3", """{"author":{"role":"user"},"content":null}"""),
            Node("u", "x4", """{"author":{"role":"user"},"content":{"parts":["Hello"]},"create_time":1e300,"metadata":[]}""")));

        Prompts(read).Should().Equal("Hello");
        read[0].Value.Turns[0].At.Should().Be(Now);
    }

    [Fact]
    public async Task Invalid_characters_are_replaced_and_long_texts_are_truncated()
    {
        var half = Chat("a", Node("a", null, Message("user", new string('x', 40_000)))).Replace("\"T\"", @"""Half \ud83d""", StringComparison.Ordinal);
        var invalid = Chat("a", Node("a", null, Message("user", @"NUL \u0000 \ud83d\ude00 \ud83d")))
            .Replace("\"T\"", $"\"{new string('t', 300)}\"", StringComparison.Ordinal)
            .Replace("\"conversation_id\":\"c\"", "\"id\":\"d\"", StringComparison.Ordinal);

        var read = await ReadAsync($"{half[..^1]},{invalid[1..]}");

        read[0].Value.Title.Should().Be("Half \uFFFD");
        read[0].Value.Turns[0].Prompt.Should().HaveLength(32_000).And.EndWith("…");
        read[0].Value.Shortened.Should().Be(1);
        read[1].Value.Title.Should().HaveLength(120);
        read[1].Value.Turns[0].Prompt.Should().Be("NUL \uFFFD 😀 \uFFFD");
    }

    [Fact]
    public async Task Oversized_conversation_is_rejected_after_earlier_ones_are_read()
    {
        options.MaxConversationBytes = 100_000;

        var read = await ReadAsync($$"""{"conversations":[{"externalId":"a","turns":[]},{"externalId":"b","turns":[],"more":"{{new string('x', 10_000_000)}}"}]}""");

        read.Select(conversation => conversation.Error?.Code).Should().Equal(null, "import.conversation_too_large");
    }

    [Fact]
    public async Task Archive_that_unpacks_beyond_the_limit_is_rejected()
    {
        options.MaxFileBytes = 1_000_000;

        var read = await ReadAsync(Zip("conversations.json", "[" + new string(' ', 5_000_000) + "]"));

        read.Should().ContainSingle().Which.Error!.Code.Should().Be("import.file_too_large");
    }

    [Fact]
    public async Task Damaged_archive_or_one_without_conversations_is_rejected()
    {
        var other = await ReadAsync(Zip("user.json", "{}"));
        var broken = await ReadAsync(Zip("conversations.json", "[]")[..40]);

        other.Should().ContainSingle().Which.Error!.Code.Should().Be("import.zip_without_conversations");
        broken.Should().ContainSingle().Which.Error!.Code.Should().Be("import.file_malformed");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Result_does_not_depend_on_the_read_chunk_size(int chunkSize)
    {
        var file = Encoding.UTF8.GetBytes("\uFEFF" + """
            {"format":"jarvis","conversationsOf":[[{"turns":[]}]],"more":{"conversations":[{"a":1}]},
            "conversations":[{"externalId":"a","title":"Zażółć 😀","turns":[{"externalId":"1","prompt":"x","response":"y","at":"2024-03-01T10:00:00Z"}]},{"externalId":"b","turns":[]}],
            "rest":[1,[2,{"conversations":[3]}]]}
            """);

        var read = await ReadAsync(new ChunkedStream(file, chunkSize));

        read.Select(conversation => conversation.Value.ExternalId).Should().Equal("a", "b");
        read[0].Value.Title.Should().Be("Zażółć 😀");
        read[0].Value.Turns[0].Should().Be(new TurnImportModel("1", "x", "y", new DateTimeOffset(2024, 3, 1, 10, 0, 0, TimeSpan.Zero)));
    }

    private static IEnumerable<string?> Prompts(List<Result<ConversationImportModel>> read) => read.Single().Value.Turns.Select(turn => turn.Prompt);

    private static string Chat(string current, params string[] nodes) =>
        $$$"""[{"conversation_id":"c","title":"T","current_node":"{{{current}}}","mapping":{{{{string.Join(',', nodes)}}}}}]""";

    private static string Node(string id, string? parent, string message) =>
        $$"""" "{{id}}":{"id":"{{id}}","parent":{{(parent is null ? "null" : $"\"{parent}\"")}},"message":{{message}}} """";

    private static string Message(string role, string text, double? at = null, bool hidden = false, string type = "text", string recipient = "all")
    {
        var time = at?.ToString(CultureInfo.InvariantCulture) ?? "null";
        var isHidden = hidden ? "true" : "false";

        return $$$"""
            {"author":{"role":"{{{role}}}"},"content":{"content_type":"{{{type}}}","parts":["{{{text}}}"]},"recipient":"{{{recipient}}}",
             "create_time":{{{time}}},"metadata":{"is_visually_hidden_from_conversation":{{{isHidden}}}}}
            """;
    }

    private static byte[] Zip(string name, string content)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }

        return archive.ToArray();
    }

    private Task<List<Result<ConversationImportModel>>> ReadAsync(string file) => ReadAsync(Encoding.UTF8.GetBytes(file));

    private Task<List<Result<ConversationImportModel>>> ReadAsync(byte[] file) => ReadAsync(new MemoryStream(file));

    private async Task<List<Result<ConversationImportModel>>> ReadAsync(Stream file)
    {
        var read = new List<Result<ConversationImportModel>>();
        await foreach (var conversation in new ConversationFileReader(Options.Create(options), new FakeTimeProvider(Now)).ReadAsync(file, format: null, CancellationToken.None))
        {
            read.Add(conversation);
        }

        return read;
    }

    private sealed class ChunkedStream(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
