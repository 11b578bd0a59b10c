using System.Text.RegularExpressions;
using System.Xml.Linq;
using Jarvis.Application.Administration;

namespace Jarvis.Web.Tests.Resources;

public sealed partial class TranslationTests
{
    private static readonly string Source = Path.Combine(JarvisHost.RepositoryRoot, "src");

    [Fact]
    public void Every_error_has_a_Polish_text_with_the_same_placeholders()
    {
        var refusals = Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).SelectMany(RefusalsIn).ToList();
        var polish = Read("Errors.pl");

        refusals.Should().HaveCountGreaterThan(40);
        refusals.Select(refusal => refusal.Code).Distinct().Except(polish.Keys).Should().BeEmpty("each code needs a text in Errors.pl.resx");
        foreach (var code in refusals.GroupBy(refusal => refusal.Code))
        {
            // A code with two English messages can use only the arguments that both provide.
            var places = Enumerable.Range(0, code.Min(refusal => refusal.PlaceholdersIn));
            PlaceholdersIn(polish[code.Key]).Should().BeEquivalentTo(places, code.Key);
        }
    }

    [Fact]
    public void Every_Polish_error_text_is_used()
    {
        var codes = Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).SelectMany(RefusalsIn).Select(refusal => refusal.Code);

        Read("Errors.pl").Keys.Except(codes).Should().BeEmpty();
    }

    [Fact]
    public void Every_text_exists_in_both_languages_with_the_same_placeholders()
    {
        var english = Read("SharedText");
        var polish = Read("SharedText.pl");
        var englishPlaces = PlacesByName(english);
        var polishPlaces = PlacesByName(polish);

        english.Should().NotBeEmpty();
        polishPlaces.Keys.Should().BeEquivalentTo(englishPlaces.Keys);
        englishPlaces.Where(text => !text.Value.SetEquals(polishPlaces[text.Key])).Should().BeEmpty();
        english.Concat(polish).Should().OnlyContain(text => text.Value.Trim().Length > 0);
    }

    [Fact]
    public void Every_plural_has_all_forms_of_its_language()
    {
        Forms("SharedText").Should().NotBeEmpty().And.OnlyContain(forms => forms.SetEquals(new[] { "one", "other" }));
        Forms("SharedText.pl").Should().NotBeEmpty().And.OnlyContain(forms => forms.SetEquals(new[] { "one", "few", "many", "other" }));

        static IEnumerable<HashSet<string>> Forms(string name) =>
            Read(name).Keys.Where(key => NameOf(key) != key).GroupBy(NameOf, key => key[(NameOf(key).Length + 1)..]).Select(forms => forms.ToHashSet());
    }

    [Fact]
    public void Every_requested_text_exists_and_every_text_is_used()
    {
        var web = Path.Combine(Source, "Jarvis.Web");
        var pages = new[] { "Pages", "Discord" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(web, folder), "*.cs*", SearchOption.AllDirectories))
            .Select(File.ReadAllText)
            .ToList();
        var scripts = Directory.EnumerateFiles(Path.Combine(web, "wwwroot", "js")).Select(File.ReadAllText).ToList();
        var requested = pages.SelectMany(page => PageText().Matches(page)).Select(match => match.Groups[1].Value)
            .Concat(scripts.SelectMany(script => ScriptText().Matches(script)).SelectMany(call => Quoted().Matches(call.Value))
                .Select(match => "Js." + match.Groups[1].Value))
            .Append("Js.memory")
            .ToHashSet();
        var texts = Read("SharedText").Keys.Select(NameOf).ToHashSet();

        requested.Except(texts).Where(name => !texts.Any(text => text.StartsWith(name, StringComparison.Ordinal))).Should().BeEmpty();
        texts.Where(text => !requested.Contains(text) && !requested.Any(name => IsFamily(name) && text.StartsWith(name, StringComparison.Ordinal)))
            .Should().BeEmpty();
    }

    [Fact]
    public void Every_service_status_and_fault_kind_has_a_text() =>
        Enum.GetNames<ServiceStatus>().Select(state => "Admin.State" + state)
            .Concat(Enum.GetNames<ServiceFaultKind>().Select(kind => "Admin.Fault" + kind))
            .Should().BeSubsetOf(Read("SharedText").Keys);

    // T["Kind." + kind]: the rest of the name is known at run time only.
    private static bool IsFamily(string name) => name is "Kind." or "Settings.Theme" or "Bugs.Severity" or "Memories.Done" or "Admin.System." or "Admin.For." or "Admin.State" or "Admin.Fault" or "Admin.Done" or "Js.memory" or "Js.given";

    private static Dictionary<string, string> Read(string name) =>
        XDocument.Load(Path.Combine(Source, "Jarvis.Web", "Resources", name + ".resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<(string Code, int PlaceholdersIn)> RefusalsIn(string path)
    {
        var text = File.ReadAllText(path);
        foreach (Match refusal in Refusal().Matches(text))
        {
            var code = refusal.Groups["code"] is { Success: true } literal
                ? literal.Value
                : Regex.Match(text, $@"const string {refusal.Groups["name"].Value} = ""([^""]+)""").Groups[1].Value;

            yield return (code, Interpolation().Count(refusal.Groups["sentence"].Value));
        }
    }

    private static Dictionary<string, HashSet<int>> PlacesByName(Dictionary<string, string> texts) =>
        texts.GroupBy(text => NameOf(text.Key)).ToDictionary(forms => forms.Key, forms => forms.SelectMany(form => PlaceholdersIn(form.Value)).ToHashSet());

    // Plural forms (X.one, X.few, ...) are one text.
    private static string NameOf(string key) => PluralForm().Replace(key, "");

    private static IEnumerable<int> PlaceholdersIn(string text) =>
        Place().Matches(text).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct();

    [GeneratedRegex(@"ErrorKind\.\w+,\s*(?:""(?<code>[^""]+)""|(?<name>\w+)),\s*\$""(?<sentence>[^""]*(?:\{[^}]*\}[^""]*)*)""")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Interpolation();

    [GeneratedRegex(@"\{(\d)(?::[^}]+)?\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"""((?:Layout|Home|Register|Login|Form|Pages|Rail|Chat|NoModel|Turn|Panel|Settings|Tokens|Memories|Kind|Import|Bugs|Discord|Admin|Error|Js)\.[\w.]*)""")]
    private static partial Regex PageText();

    [GeneratedRegex(@"\.(?:one|few|many|other)$")]
    private static partial Regex PluralForm();

    [GeneratedRegex(@"\b(?:text|plural)\((?:[^()]|\([^()]*\))*\)")]
    private static partial Regex ScriptText();

    [GeneratedRegex(@"'(\w+)'")]
    private static partial Regex Quoted();
}
