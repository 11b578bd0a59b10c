using System.Globalization;
using Jarvis.Infrastructure.Integrations.Captcha;
using Jarvis.Web.Hosting;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Accounts;

/// <summary>What the page of registration shows of the check, and what a browser has to be allowed for it.</summary>
internal sealed class CaptchaWidget(IOptions<CaptchaOptions> options)
{
    /// <summary>Where the widget puts its proof in the form: its name is the widget's choice.</summary>
    public const string TokenField = "g-recaptcha-response";

    private const string Path = "recaptcha/";

    public bool IsEnabled => options.Value.IsConfigured;

    /// <summary>Version 3 has nothing to be seen and is asked when the form is sent.</summary>
    public bool IsInvisible => options.Value.Version == 3;

    public string SiteKey => options.Value.SiteKey ?? "";

    private Uri Root => new((options.Value.WidgetBaseUrl ?? options.Value.BaseUrl).AbsoluteUri.TrimEnd('/') + "/");

    public Uri Script
    {
        get
        {
            var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

            return new Uri(Root, Path + (IsInvisible ? $"api.js?render={Uri.EscapeDataString(SiteKey)}&hl={language}" : $"api.js?hl={language}"));
        }
    }

    /// <summary>Exactly what the widget needs, by host and path. Google's own loads the rest of itself from a second host.</summary>
    public WidgetSources Sources
    {
        get
        {
            var own = new Uri(Root, Path).AbsoluteUri;

            return Root.Host switch
            {
                "www.google.com" => new($"{own} https://www.gstatic.com/{Path}", $"{own} https://recaptcha.google.com/{Path}", own),
                "www.recaptcha.net" => new($"{own} https://www.gstatic.com/{Path} https://www.gstatic.cn/{Path}", own, own),
                _ => new(own, own, own),
            };
        }
    }
}
