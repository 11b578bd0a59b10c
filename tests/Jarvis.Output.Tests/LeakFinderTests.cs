using System.Net;
using System.Text;
using System.Text.Json;

namespace Jarvis.Output.Tests;

public sealed class LeakFinderTests
{
    private const string Name = "the planted secret";

    // Secrets that Jarvis creates have no marker.
    private static readonly KnownSecret Secret = new(Name, "s3/cret+of \"Jarvis\" & Łódź");
    private static readonly LeakFinder Finder = new([.. KnownSecret.Constants, Secret]);

    private static readonly Dictionary<string, Func<string, string>> Encodings = new()
    {
        ["as it is"] = secret => $"the key is {secret}.",
        ["in capitals"] = secret => secret.ToUpperInvariant(),
        ["in an address"] = secret => $"http://localhost/?key={Uri.EscapeDataString(secret)}&x=1",
        ["in a form"] = secret => $"name=ada&password={WebUtility.UrlEncode(secret)}",
        ["in JSON"] = secret => JsonSerializer.Serialize(new { Key = secret }),
        ["in HTML"] = secret => $"<input value=\"{WebUtility.HtmlEncode(secret)}\">",
        ["in hexadecimal digits"] = secret => Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
        ["in base64"] = secret => "Basic " + Base64(secret),
        ["in base64 after one byte"] = secret => "Basic " + Base64(":" + secret),
        ["in base64 after two bytes and before some"] = secret => "Basic " + Base64("a:" + secret + "more"),
        ["in base64 of addresses"] = secret => Base64("a:" + secret).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        ["within a line of noise"] = secret => Noise(1_000_000, seed: 1) + secret + Noise(1_000_000, seed: 2),
    };

    public static TheoryData<string> AllEncodings => [.. Encodings.Keys];

    [Theory]
    [MemberData(nameof(AllEncodings))]
    public void Secret_is_found_in_every_encoding_and_reported_by_line_and_name(string encoding)
    {
        var text = $"one\ntwo\n{Encodings[encoding](Secret.Value)}\nfour";

        Finder.In(text).Should().Equal(new Leak(3, Name));
    }

    [Theory]
    [MemberData(nameof(AllEncodings))]
    public void Unregistered_secret_is_found_by_its_marker(string encoding)
    {
        var text = Encodings[encoding](Secrets.Marker + "f00d");

        Finder.In(text).Should().ContainSingle().Which.Secret.Should().Contain("marker");
    }

    [Fact]
    public void Every_test_secret_is_reported_by_its_own_name()
    {
        var written = KnownSecret.Constants.Where(secret => secret.Value != Secrets.Marker).ToList();

        var found = Finder.In(string.Join('\n', written.Select(secret => secret.Value)));

        found.Should().Equal(written.Select((secret, index) => new Leak(index + 1, secret.Name)));
    }

    [Theory]
    [InlineData("jrv_", 43, "access token")]
    [InlineData("CfDJ8", 60, "session")]
    [InlineData("GET jarvis:session:", 43, "key of a session")]
    public void Secret_generated_by_Jarvis_is_found_by_its_format(string before, int length, string name)
    {
        var text = $"it was {before}{new string('x', length)}";

        Finder.In(text).Should().ContainSingle().Which.Secret.Should().Contain(name);
    }

    [Theory]
    [InlineData("A token is shown once; it begins with jrv_ and looks like jrv_nonsense.")]
    [InlineData("info: Jarvis is running at http://127.0.0.1:5080 (conversation 0199a7c1-7b1e-7c3a-9d0e-3f1c2b4a5d6e)")]
    [InlineData("The password and the key are not told: password=[removed]")]
    public void Text_without_a_secret_is_not_reported(string text) => Finder.In(text).Should().BeEmpty();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);

        return Encoding.Latin1.GetString(bytes).Replace('\n', ' ');
    }
}
