using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FluentAssertions;

namespace Jarvis.Architecture.Tests;

/// <summary>docs/configuration.md has one row for each property of the options classes, with its default.</summary>
public sealed partial class ConfigurationDocumentTests
{
    private static readonly IReadOnlyDictionary<string, string> Rows = File.ReadAllLines(Path.Combine(Solution.Root, "docs", "configuration.md"))
        .Select(line => RowPattern().Match(line))
        .Where(row => row.Success)
        .ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim());

    private static readonly IReadOnlyList<Setting> Settings =
    [
        .. Solution.All.SelectMany(assembly => assembly.GetTypes())
            .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(options => options.Section is not null && !options.Type.IsAbstract)
            .SelectMany(options => SettingsOf(options.Section!, Activator.CreateInstance(options.Type)!)),
    ];

    [Fact]
    public void Every_option_has_a_row()
    {
        Settings.Should().HaveCountGreaterThan(50);
        Settings.Select(setting => setting.Key).Where(key => !Rows.ContainsKey(key)).Should().BeEmpty("docs/configuration.md names every setting");
    }

    [Fact]
    public void Row_of_an_options_section_has_an_option()
    {
        var sections = Settings.Select(setting => setting.Key[..setting.Key.IndexOf(':', StringComparison.Ordinal)]).ToHashSet();

        Rows.Keys.Where(key => sections.Contains(key.Split(':')[0]))
            .Except(Settings.Select(setting => setting.Key)).Should().BeEmpty("docs/configuration.md names only existing settings");
    }

    [Fact]
    public void Default_in_the_row_is_the_default_in_code()
    {
        var fixedDefaults = Settings.Where(setting => setting.Default is not null && Rows.ContainsKey(setting.Key)).ToList();

        fixedDefaults.Should().HaveCountGreaterThan(30);
        fixedDefaults.Where(setting => Rows[setting.Key] != $"`{setting.Default}`")
            .Select(setting => $"{setting.Key}: {Rows[setting.Key]} instead of `{setting.Default}`").Should().BeEmpty();
    }

    private static IEnumerable<Setting> SettingsOf(string section, object options)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            var key = $"{section}:{property.Name}";
            var value = property.GetValue(options);
            if (value is not null && property.PropertyType.Namespace!.StartsWith("Jarvis", StringComparison.Ordinal) && property.PropertyType.IsClass)
            {
                foreach (var inner in SettingsOf(key, value))
                {
                    yield return inner;
                }

                continue;
            }

            yield return new Setting(key, value is TimeSpan or int or long or double or float ? Convert.ToString(value, CultureInfo.InvariantCulture) : null);
        }
    }

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z]+(?::[A-Za-z]+)+)` \|[^|]*\|(?<default>[^|]*)\|")]
    private static partial Regex RowPattern();

    /// <param name="Key">Configuration key, such as <c>Memory:Lease</c>.</param>
    /// <param name="Default">Default value in its textual form, or null if the document describes it in words.</param>
    private sealed record Setting(string Key, string? Default);
}
