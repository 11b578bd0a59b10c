using System.Text.Json;
using Jarvis.Infrastructure.Discord;
using Jarvis.Infrastructure.Embedded;
using Jarvis.Testing;
using Jarvis.Testing.StandIns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Tests.Discord;

public sealed class DiscordSetupTests
{
    [Fact]
    public async Task Discord_is_told_the_commands_in_both_languages()
    {
        await using var discord = await DiscordUnderTest.StartAsync();

        var count = await discord.Services.RegisterDiscordCommandsAsync();

        count.Should().Be(3);
        var commands = discord.StandIn.Commands.EnumerateArray().ToList();
        commands.Select(command => command.Text("name")).Should().Equal("ask", "memories", "forget");
        var described = commands.Concat(commands.SelectMany(command => command.Items("options"))).ToList();
        described.Should().OnlyContain(each => each.Text("description").Length <= 100 && each.GetProperty("description_localizations").Text("pl").Length <= 100);
        commands[2].Items("options")[0].GetProperty("autocomplete").ValueKind.Should().Be(JsonValueKind.True);
    }

    [Theory]
    [InlineData("Discord:BotToken")]
    [InlineData("Discord:ClientId")]
    public async Task What_is_missing_of_the_keys_is_one_line(string key)
    {
        await using var discord = await DiscordUnderTest.StartAsync((key, ""), ("Discord:ClientSecret", ""));

        var registering = () => discord.Services.RegisterDiscordCommandsAsync();

        (await registering.Should().ThrowAsync<StartupException>()).Which.Message.Should().Contain("set both").And.NotContain(Secrets.DiscordBotToken);
    }

    [Fact]
    public async Task A_token_that_Discord_refuses_is_one_line_without_the_token()
    {
        await using var discord = await DiscordUnderTest.StartAsync(("Discord:BotToken", Secrets.WrongDiscordBotToken), ("Discord:ClientSecret", ""));

        var registering = () => discord.Services.RegisterDiscordCommandsAsync();

        (await registering.Should().ThrowAsync<StartupException>()).Which.Message.Should().Contain("401").And.NotContain(Secrets.WrongDiscordBotToken);
    }

    [Theory]
    [InlineData("Discord:PublicKey", "abc", "Discord:PublicKey")]
    [InlineData("Discord:ClientId", "my-app", "Discord:ClientId")]
    [InlineData("Discord:ClientId", "", "Discord:ClientId is missing")]
    [InlineData("Discord:WebhookUrl", "not an address", "Discord:WebhookUrl")]
    [InlineData("Discord:BaseUrl", "ftp://discord.example", "Discord:BaseUrl")]
    public async Task A_setting_that_cannot_be_right_says_which_and_what_to_do(string key, string value, string expected)
    {
        await using var discord = await DiscordUnderTest.StartAsync((key, value));

        var reading = () => discord.Get<IOptions<DiscordOptions>>().Value;

        reading.Should().Throw<OptionsValidationException>().Which.Message.Should().Contain(expected).And.NotContain(Secrets.DiscordClientSecret);
    }
}
