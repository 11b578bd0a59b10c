using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Infrastructure.Tests.Ai.Search;

public sealed class SqliteMemorySearchTests() : MemorySearchContract(TestDatabase.SqliteAsync);

public sealed class PostgresMemorySearchTests() : MemorySearchContract(TestDatabase.PostgresAsync);

/// <summary>Tests what a search finds on each engine.</summary>
public abstract class MemorySearchContract(Func<Task<TestDatabase>> createDatabase) : MemorySearchTestBase(createDatabase)
{
    [Theory]
    [InlineData("My daughter plays the cello", "Does my daughter play an instrument?")]
    [InlineData("I visited three castles in Scotland", "Which castle did I visit in Scotland?")]
    [InlineData("Moja córka gra na wiolonczeli", "Na czym gra moja corka?")]
    [InlineData("Mieszkam w Gdańsku przy ulicy Długiej", "Czy mieszkam na długiej ulicy w gdańsku?")]
    public async Task Inflected_query_word_finds_the_text(string statement, string question)
    {
        await anna.AddTurnAsync(statement);

        (await anna.FindAsync(question)).Should().Equal(statement);
    }

    [Fact]
    public async Task Memories_of_another_user_are_never_found()
    {
        var jan = await MemorySearchFixture.CreateAsync(services);
        await jan.LearnAsync("The dog of my neighbour is called Reksio");
        await jan.AddTurnAsync("My dog Reksio is ill");

        (await anna.FindAsync("What is the dog Reksio like?")).Should().BeEmpty();
        (await anna.FindAsync("What do you know about me?")).Should().BeEmpty();
    }

    [Fact]
    public async Task Word_rare_for_the_user_weighs_more_than_a_common_one()
    {
        for (var i = 0; i < 20; i++)
        {
            await anna.AddTurnAsync($"My garden grows, day number{i}");
        }

        await anna.AddTurnAsync("My garden has a pergola");

        (await anna.FindAsync("my garden pergola"))[0].Should().Be("My garden has a pergola");
    }

    [Fact]
    public async Task Superseding_item_is_found_by_words_of_the_superseded_one()
    {
        var bern = await anna.LearnAsync("I live in Bern");
        var oslo = await anna.LearnAsync("I moved to Oslo");
        var perth = await anna.LearnAsync("I settled down at Perth");
        await anna.ChangeAsync(bern, item => item.SupersedeBy(oslo));
        await anna.ChangeAsync(oslo, item => item.SupersedeBy(perth));

        (await anna.FindAsync("Do I live in Bern?")).Should().Equal("I settled down at Perth");
    }

    [Theory]
    [InlineData("Where did I live before?")]
    [InlineData("Did I ever live in Bern?")]
    public async Task Ended_item_answers_questions_about_the_past_with_its_dates(string question)
    {
        var bern = await anna.LearnAsync("I live in Bern");
        var perth = await anna.LearnAsync("I moved to Perth");
        await anna.ChangeAsync(bern, item => item.SupersedeBy(perth));

        (await anna.FindAsync(question)).Should().Equal("I moved to Perth", "I live in Bern (2026-05-01 – 2026-05-01)");
    }

    [Fact]
    public async Task Turn_is_not_quoted_if_its_item_is_found_or_has_ended()
    {
        var turn = await anna.AddTurnAsync("By the way, I live in Bern");
        var bern = await anna.LearnAsync("I live in Bern", turn);
        (await anna.FindAsync("Do I live in Bern?")).Should().Equal("I live in Bern");

        var perth = await anna.LearnAsync("I moved to Perth");
        await anna.ChangeAsync(bern, item => item.SupersedeBy(perth));

        (await anna.FindAsync("Do I live in Bern, by the way?")).Should().Equal("I moved to Perth");
    }

    [Fact]
    public async Task Turn_that_says_more_than_its_item_is_quoted_too()
    {
        var turn = await anna.AddTurnAsync("I live in Bern with a parrot, two cats and a friend from school");
        await anna.LearnAsync("I live in Bern", turn);

        (await anna.FindAsync("Do I live in Bern?")).Should().HaveCount(2).And.Contain("I live in Bern with a parrot, two cats and a friend from school");
    }

    [Fact]
    public async Task Name_that_only_starts_a_sentence_is_recognised_as_a_name()
    {
        await anna.AddTurnAsync("Funny story. Anthony went to a quiz and won a book");

        (await anna.FindAsync("Who is Anthony?")).Should().ContainSingle().Which.Should().Contain("Anthony went to a quiz");
    }

    [Fact]
    public async Task Only_answered_turns_are_found()
    {
        await anna.AddTurnAsync("My parrot is called Kiki", turn => turn.Fail(new Error(ErrorKind.Unavailable, "test.unavailable", $"Unavailable.")));
        await anna.SaveAsync(db => db.Turns.Add(anna.Conversation.Ask("My parrot is called Lora", TimeProvider.System.GetUtcNow())));

        (await anna.FindAsync("What is my parrot called?")).Should().BeEmpty();
    }

    [Fact]
    public async Task Edited_item_is_found_only_by_its_new_words()
    {
        var item = await anna.LearnAsync("I play the cello");

        await anna.ChangeAsync(item, changed => changed.Edit("I play the trumpet", changed.ContentHash, DateTimeOffset.UnixEpoch));

        (await anna.FindAsync("Who plays the trumpet?")).Should().Equal("I play the trumpet");
        (await anna.FindAsync("Who plays the cello in my orchestra?")).Should().BeEmpty();
    }

    [Fact]
    public async Task Turn_of_deleted_conversation_is_not_found()
    {
        await anna.AddTurnAsync("My parrot is called Kiki");
        await anna.SaveAsync(db => db.Conversations.Remove(anna.Conversation));

        (await anna.FindAsync("What is my parrot called?")).Should().BeEmpty();
    }

    [Fact]
    public async Task Turns_already_in_the_prompt_are_excluded()
    {
        var turn = await anna.AddTurnAsync("My parrot is called Kiki");

        (await anna.FindAsync("What is my parrot called?", except: turn.Id)).Should().BeEmpty();
    }

    [Fact]
    public async Task Best_results_that_fit_the_budget_are_returned()
    {
        await anna.AddTurnAsync("My parrot Kiki " + new string('a', 100));
        await anna.AddTurnAsync("My parrot is called Kiki");

        (await anna.FindAsync("What is my parrot Kiki called?", budget: 50)).Should().Equal("My parrot is called Kiki");
    }

    [Theory]
    [InlineData("'; DROP TABLE users; -- parrot")]
    [InlineData("\"parrot\" OR owner : * NEAR(a b)")]
    [InlineData("parrot {0} {1} {unbalanced")]
    [InlineData("parrot % _ \\ $1 @p0 :p1")]
    public async Task Query_that_looks_like_SQL_is_treated_as_text(string text)
    {
        await anna.AddTurnAsync("My parrot is called Kiki");

        await anna.FindAsync(text);

        (await anna.FindAsync("What is my parrot called?")).Should().ContainSingle();
    }
}
