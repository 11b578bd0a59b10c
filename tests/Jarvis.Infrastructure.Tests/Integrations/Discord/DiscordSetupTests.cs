using System.Text.Json;
using Jarvis.Infrastructure.Common;
using Jarvis.Infrastructure.Integrations.Discord;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Tests.Integrations.Discord;

public sealed class DiscordSetupTests
{
    [Fact]
    public async Task Commands_are_registered_in_both_languages()
    {
        await using var discord = await DiscordClientFixture.StartAsync();

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
    public async Task Missing_key_error_says_what_to_set_and_hides_the_token(string key)
    {
        await using var discord = await DiscordClientFixture.StartAsync((key, ""), ("Discord:ClientSecret", ""));

        var act = () => discord.Services.RegisterDiscordCommandsAsync();

        (await act.Should().ThrowAsync<StartupException>()).Which.Message.Should().Contain("set both").And.NotContain(Secrets.DiscordBotToken);
    }

    [Fact]
    public async Task Rejected_token_error_names_the_status_and_hides_the_token()
    {
        await using var discord = await DiscordClientFixture.StartAsync(("Discord:BotToken", Secrets.WrongDiscordBotToken), ("Discord:ClientSecret", ""));

        var act = () => discord.Services.RegisterDiscordCommandsAsync();

        (await act.Should().ThrowAsync<StartupException>()).Which.Message.Should().Contain("401").And.NotContain(Secrets.WrongDiscordBotToken);
    }

    [Theory]
    [InlineData("Discord:PublicKey", "abc", "Discord:PublicKey")]
    [InlineData("Discord:ClientId", "my-app", "Discord:ClientId")]
    [InlineData("Discord:ClientId", "", "Discord:ClientId is missing")]
    [InlineData("Discord:WebhookUrl", "not an address", "Discord:WebhookUrl")]
    [InlineData("Discord:BaseUrl", "ftp://discord.example", "Discord:BaseUrl")]
    public async Task Invalid_setting_error_names_the_setting_and_hides_the_secret(string key, string value, string expected)
    {
        await using var discord = await DiscordClientFixture.StartAsync((key, value));

        var act = () => discord.Get<IOptions<DiscordOptions>>().Value;

        act.Should().Throw<OptionsValidationException>().Which.Message.Should().Contain(expected).And.NotContain(Secrets.DiscordClientSecret);
    }
}
