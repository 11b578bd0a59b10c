using System.Diagnostics;
using Jarvis.Domain.BugReports;

namespace Jarvis.Domain.Tests.BugReports;

public sealed class SecretTextTests
{
    // In two parts, so that no file holds anything that looks like a secret to those who look for them.
    public static TheoryData<string, string> Secrets => new()
    {
        { "jrv" + "_AbCdEf0123456789", "my token is {0}, I think" },
        { "sk" + "-proj-abcDEF0123456789abcDEF", "OPENAI_API_KEY={0}" },
        { "sk" + "-abcDEF0123456789abcDEF", "the key {0} does not work" },
        { "abcdef0123456789", "X-Api-Key: {0}" },
        { "hunter22!", "Host=db;Username=jarvis;Password={0};Database=jarvis" },
        { "hunter 22", "Host=db;Password='{0}';Database=jarvis" },
        { "hunter22", "Pwd={0}" },
        { "hunter22", "localhost:6379,password={0},ssl=false" },
        { "hunter22", "postgres://jarvis:{0}@db/jarvis" },
        { "hunter22", """{{"password": "{0}", "user": "anna"}}""" },
        { "abcdef0123456789", "AzureBoards__PersonalAccessToken={0}" },
        { "abcdef0123456789", "\"ClientSecret\": \"{0}\"" },
        { "bGFuZ2VyVG9rZW4xMjM0NTY3", "curl -H 'Authorization: Bearer {0}' http://localhost" },
        { "OmFiY2RlZjAxMjM0NTY3ODk=", "Authorization: Basic {0}" },
        { "a1b2c3d4e5f6a7b8", "sent Bearer {0} to it" },
        { "CfDJ8AbCdEf", "Cookie: jarvis-session={0}; theme=dark" },
        { "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "token: {0}" },
        { "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "it said {0} at the end" },
        { "MTk4NjIyNDgzNDcxOTI1MjQ4" + ".Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs", "the bot {0} is silent" },
        { "AbCdEf_0123456789-AbCdEf_0123456789", "https://discord.com/api/webhooks/123456789012345678/{0}" },
        { "gh" + "p_abcdefghijklmnopqrstuvwxyz0123456789", "git clone with {0}" },
        { "AK" + "IAIOSFODNN7EXAMPLE", "aws {0}" },
        { "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst", "an old Azure token {0}." },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void What_has_the_form_of_a_secret_is_taken_out(string secret, string around)
    {
        var without = SecretText.Without(string.Format(System.Globalization.CultureInfo.InvariantCulture, around, secret));

        without.Should().NotContain(secret).And.Contain(SecretText.Removed);
    }

    [Theory]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAA\n-----END OPENSSH PRIVATE KEY-----\nafter")]
    [InlineData("before\n-----BEGIN RSA PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAA")]
    public void A_private_key_goes_as_a_whole_also_where_its_end_was_not_copied(string text)
    {
        var without = SecretText.Without(text);

        without.Should().NotContain("b3BlbnNzaC1rZXk").And.NotContain("AAAA").And.Contain(SecretText.Removed);
    }

    [Theory]
    [InlineData("The page asks for my password twice, and basic authentication is not what I expected.")]
    [InlineData("1. Open /settings\n2. Choose the model gpt-4o-mini\n3. Nothing happens (HTTP 500, trace 0af7651916cd43dd8448eb211c80319c)")]
    [InlineData("Zgłoszenie: strona https://jarvis.example.org/chat/0199a7c1-7b1e-7c3a-9d0e-3f1c2b4a5d6e nie działa")]
    [InlineData("System.InvalidOperationException: Turn is Pending\n   at Jarvis.Domain.Conversations.Turn.Expect(TurnStatus expected)")]
    [InlineData("The bot does not answer, and the token limit of 4096 is reached")]
    public void What_people_write_stays_as_it_is(string text) => SecretText.Without(text).Should().Be(text);

    [Theory]
    [InlineData("Host=db;Password=hunter22;Database=jarvis", "Host=db;Password=[removed];Database=jarvis")]
    [InlineData("GET /x\nAuthorization: Bearer a1b2c3d4e5f6\nAccept: text/html", "GET /x\nAuthorization: [removed]\nAccept: text/html")]
    public void What_stands_around_a_secret_stays(string text, string expected) => SecretText.Without(text).Should().Be(expected);

    [Theory]
    [InlineData("a")]
    [InlineData("password ")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaa.")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("http://x:")]
    [InlineData("api_key_")]
    public void No_text_takes_long(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, BugReport.DescriptionMaxLength / repeated.Length));
        var began = Stopwatch.GetTimestamp();

        SecretText.Without(text);

        Stopwatch.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(2));
    }
}
