using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jarvis.Infrastructure.Common;

/// <summary>Binds and validates the options classes of Jarvis.</summary>
public static class OptionsRegistration
{
    /// <summary>
    /// Binds options to their section and validates them at startup, by their attributes and by <see cref="IValidatableObject"/>.
    /// </summary>
    public static OptionsBuilder<TOptions> AddValidatedOptions<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, AnnotationsValidator<TOptions>>());

        return services.AddOptions<TOptions>().Configure(options => Bind(configuration.GetSection(section), options)).ValidateOnStart();
    }

    /// <summary>Returns the failures of the attributes of an object, or of its <see cref="IValidatableObject"/> if all attributes are valid.</summary>
    public static IEnumerable<string> FindFailures(object instance)
    {
        var failures = new List<ValidationResult>();
        Validator.TryValidateObject(instance, new ValidationContext(instance), failures, validateAllProperties: true);

        return failures.Select(failure => failure.ErrorMessage!);
    }

    private static void Bind<TOptions>(IConfigurationSection section, TOptions options)
        where TOptions : class
    {
        // A Compose file passes a variable that isn't set as an empty value, which counts as missing.
        var values = section.AsEnumerable()
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Value))
            .Select(pair => KeyValuePair.Create(pair.Key, Normalize<TOptions>(pair.Key, pair.Value!.Trim())));
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(section.Path).Bind(options);

        // The binder can't read a list from one comma-separated value.
        foreach (var list in typeof(TOptions).GetProperties().Where(property => property.CanWrite && property.PropertyType == typeof(IReadOnlyList<string>)))
        {
            list.SetValue(options, SplitList(section.GetSection(list.Name)));
        }
    }

    // Without the trailing slash, equal URLs compare as equal.
    private static string? Normalize<TOptions>(string key, string value) =>
        typeof(TOptions).GetProperty(ConfigurationPath.GetSectionKey(key), BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType == typeof(Uri)
            ? value.TrimEnd('/')
            : value;

    private static string[] SplitList(IConfigurationSection list) =>
    [
        .. list.GetChildren().Select(child => child.Value).Append(list.Value)
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(),
    ];

    // The framework's own validator puts the name of the class before each message, which already names the key.
    private sealed class AnnotationsValidator<TOptions> : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) => FindFailures(options).ToList() is { Count: > 0 } failures
            ? ValidateOptionsResult.Fail(failures)
            : ValidateOptionsResult.Success;
    }
}
