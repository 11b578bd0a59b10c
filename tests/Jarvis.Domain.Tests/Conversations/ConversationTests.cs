using System.Text;
using Jarvis.Domain.Common;
using Jarvis.Domain.Conversations;

namespace Jarvis.Domain.Tests.Conversations;

public sealed class ConversationTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserId User = UserId.New(Now);

    [Fact]
    public void Short_prompt_is_the_title() => TitleOf("Hello there").Should().Be("Hello there");

    [Fact]
    public void Title_is_one_line_with_collapsed_white_space() =>
        TitleOf("  What is\r\n\r\n\tthis \u2003 about?\n").Should().Be("What is this about?");

    [Fact]
    public void Long_prompt_is_cut_between_words()
    {
        var title = TitleOf("Please explain to me in simple words how photosynthesis works in the leaves of a tree");

        title.Should().Be("Please explain to me in simple words how photosynthesis…");
    }

    [Fact]
    public void Prompt_of_exactly_the_length_of_a_title_is_not_cut() => TitleOf(new string('a', 60)).Should().Be(new string('a', 60));

    [Fact]
    public void Word_longer_than_a_title_is_cut_inside() => TitleOf(new string('a', 61)).Should().Be(new string('a', 60) + "…");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Surrogate_pair_is_never_split(int shift)
    {
        var title = TitleOf(new string('a', shift) + string.Concat(Enumerable.Repeat("🎉", 60)));

        title.Should().EndWith("🎉…");
        IsWhole(title).Should().BeTrue();
    }

    [Fact]
    public void Right_to_left_title_is_not_changed()
    {
        const string Prompt = "ما هي عاصمة بولندا؟";

        TitleOf(Prompt).Should().Be(Prompt);
    }

    [Fact]
    public void Title_never_exceeds_the_maximum_length()
    {
        string[] prompts = [new('x', Turn.PromptMaxLength), new(' ', 1_000), "a " + new string('b', 500), string.Concat(Enumerable.Repeat("ą ", 500))];

        prompts.Select(TitleOf).Should().OnlyContain(title => title.Length <= Conversation.TitleMaxLength);
    }

    [Fact]
    public void New_turn_belongs_to_the_conversation_and_updates_its_time()
    {
        var conversation = Conversation.Start(User, Platform.Web, "Hello", Now);

        var turn = conversation.Ask("And?", Now.AddHours(1));

        conversation.UpdatedAt.Should().Be(Now.AddHours(1));
        conversation.CreatedAt.Should().Be(Now);
        turn.ConversationId.Should().Be(conversation.Id);
        turn.UserId.Should().Be(User);
    }

    private static string TitleOf(string prompt) => Conversation.Start(User, Platform.Web, prompt, Now).Title;

    private static bool IsWhole(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
