using System.Globalization;
using Jarvis.Infrastructure.Integrations.Captcha;
using Jarvis.Web.Hosting;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Accounts;

/// <summary>reCAPTCHA widget of the registration page, and the content sources that it needs.</summary>
internal sealed class CaptchaWidget(IOptions<CaptchaOptions> options)
{
    /// <summary>Form field in which the widget stores its token. The widget defines the name.</summary>
    public const string TokenField = "g-recaptcha-response";

    private const string Path = "recaptcha/";

    public bool IsEnabled => options.Value.IsConfigured;

    /// <summary>True if the widget is invisible, as in version 3, which runs when the form is submitted.</summary>
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

    /// <summary>Minimal sources for the widget, by host and path. Google's widget loads a part of itself from a second host.</summary>
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
