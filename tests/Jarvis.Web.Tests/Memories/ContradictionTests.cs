namespace Jarvis.Web.Tests.Memories;

[Trait("Engine", "both")]
public sealed class ContradictionTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("I live in Bern", "I moved to Perth")]
    [InlineData("Mieszkam w Krakowie", "Przeprowadziłem się do Gdańska")]
    [InlineData("Mieszkam w Krakowie", "I moved to London")]
    public async Task Contradicted_memory_ends_when_superseded_and_both_are_listed(string before, string after)
    {
        using var person = await JarvisClient.RegisterAsync(await fixture.HostAsync());
        var first = await person.AskAsync(before + ".");
        await person.WaitForMemoryAsync(first.Id("conversationId"));

        var second = await person.AskAsync(after + ".");
        await person.WaitForMemoryAsync(second.Id("conversationId"));

        var items = await person.MemoriesAsync();
        items.Should().HaveCount(2);
        var old = items.Single(item => item.Text("content") == before);
        var current = items.Single(item => item.Text("content") == after);
        old.Id("supersededBy").Should().Be(current.Id());
        old.GetProperty("validTo").GetDateTimeOffset().Should().Be(current.GetProperty("validFrom").GetDateTimeOffset());
        old.GetProperty("validFrom").GetDateTimeOffset().Should().BeBefore(current.GetProperty("validFrom").GetDateTimeOffset());
        current.GetProperty("validTo").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        (old.Id("turnId"), current.Id("turnId")).Should().Be((first.Id("turnId"), second.Id("turnId")));
    }
}
