using System.Diagnostics;
using System.Text;
using Jarvis.Domain.BugReports;
using Jarvis.TestSupport;

namespace Jarvis.Domain.Tests.BugReports;

public sealed class SecretRedactorTests
{
    private const string Marker = Secrets.Marker;

    // Test cases are named after the text around the secret, because test names appear in the results. The secrets are split in two parts,
    // so that secret scanners do not report this file.
    private static readonly Dictionary<string, string> SecretIn = new()
    {
        ["my token is {0}, I think"] = "jrv" + "_" + Marker,
        ["OPENAI_API_KEY={0}"] = "sk" + "-proj-" + Marker + "abcDEF012345",
        ["the key {0} does not work"] = "sk" + "-" + Marker + "abcDEF012345",
        ["X-Api-Key: {0}"] = Marker,
        ["Host=db;Username=jarvis;Password={0};Database=jarvis"] = Secrets.PastedPassword + "!",
        ["Host=db;Password='{0}';Database=jarvis"] = "hunter 22 " + Marker,
        ["Pwd={0}"] = Secrets.PastedPassword,
        ["localhost:6379,password={0},ssl=false"] = Secrets.PastedPassword,
        ["postgres://jarvis:{0}@db/jarvis"] = Secrets.PastedPassword,
        ["""{{"password": "{0}", "user": "anna"}}"""] = Secrets.PastedPassword,
        ["AzureBoards__PersonalAccessToken={0}"] = Marker,
        ["\"ClientSecret\": \"{0}\""] = Marker,
        ["curl -H 'Authorization: Bearer {0}' http://localhost"] = Marker + "bGFuZ2VyVG9rZW4",
        ["Authorization: Basic {0}"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(":" + Marker)),
        ["sent Bearer {0} to it"] = Marker,
        ["Cookie: jarvis-session={0}; theme=dark"] = "CfDJ8" + Marker,
        ["token: {0}"] = JsonWebToken,
        ["it said {0} at the end"] = JsonWebToken,
        ["the bot {0} is silent"] = Marker + "NDcxOTI1MjQ4" + ".Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
        ["https://discord.com/api/webhooks/123456789012345678/{0}"] = Marker + "_0123456789-AbCdEf_0123456789",
        ["git clone with {0}"] = "gh" + "p_" + Marker + "abcdefghijklmnopqrstuvwx",
        ["aws {0}"] = "AK" + "IA" + Marker.ToUpperInvariant() + "ABCD",
        ["an old Azure token {0}."] = Marker + "abcdefghijklmnopqrstuvwxyz234567abcdefgh",
    };

    public static TheoryData<string> Texts => [.. SecretIn.Keys];

    private static string JsonWebToken => "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + Marker + "J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_in_the_format_of_a_secret_is_redacted(string around)
    {
        var secret = SecretIn[around];

        var without = SecretRedactor.Redact(string.Format(System.Globalization.CultureInfo.InvariantCulture, around, secret));

        without.Should().NotContain(secret).And.Contain(SecretRedactor.Placeholder);
    }

    [Theory]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAA\n-----END OPENSSH PRIVATE KEY-----\nafter")]
    [InlineData("before\n-----BEGIN RSA PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAA")]
    public void Private_key_is_redacted_completely_even_without_its_end(string text)
    {
        var without = SecretRedactor.Redact(text);

        without.Should().NotContain("b3BlbnNzaC1rZXk").And.NotContain("AAAA").And.Contain(SecretRedactor.Placeholder);
    }

    [Theory]
    [InlineData("The page asks for my password twice, and basic authentication is not what I expected.")]
    [InlineData("1. Open /settings\n2. Choose the model gpt-4o-mini\n3. Nothing happens (HTTP 500, trace 0af7651916cd43dd8448eb211c80319c)")]
    [InlineData("Zgłoszenie: strona https://jarvis.example.org/chat/0199a7c1-7b1e-7c3a-9d0e-3f1c2b4a5d6e nie działa")]
    [InlineData("System.InvalidOperationException: Turn is Pending\n   at Jarvis.Domain.Conversations.Turn.Expect(TurnStatus expected)")]
    [InlineData("The bot does not answer, and the token limit of 4096 is reached")]
    public void Text_without_secrets_is_not_changed(string text) => SecretRedactor.Redact(text).Should().Be(text);

    [Theory]
    [InlineData("Host=db;Password={0};Database=jarvis", "Host=db;Password=[removed];Database=jarvis")]
    [InlineData("GET /x\nAuthorization: Bearer {0}\nAccept: text/html", "GET /x\nAuthorization: [removed]\nAccept: text/html")]
    public void Text_around_a_secret_is_kept(string around, string expected) =>
        SecretRedactor.Redact(around.Replace("{0}", Marker, StringComparison.Ordinal)).Should().Be(expected);

    [Theory]
    [InlineData("a")]
    [InlineData("password ")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaa.")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("http://x:")]
    [InlineData("api_key_")]
    public void Repetitive_text_is_redacted_within_the_time_limit(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, BugReport.DescriptionMaxLength / repeated.Length));
        var started = Stopwatch.GetTimestamp();

        SecretRedactor.Redact(text);

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(10));
    }
}
