using Jarvis.Infrastructure.Integrations.Imports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Api;

internal static class LargeUploads
{
    /// <summary>The page of imports takes larger forms than the others; what is large in them waits on the disk, not in memory.</summary>
    public static IServiceCollection AddLargeForms(this IServiceCollection services)
    {
        services.AddOptions<RazorPagesOptions>().Configure<IOptions<ImportOptions>>((pages, import) =>
            pages.Conventions.AddPageApplicationModelConvention("/Settings/Import", page =>
            {
                page.EndpointMetadata.Add(new RequestSizeLimitAttribute(import.Value.MaxFileBytes));
                page.Filters.Add(new RequestFormLimitsAttribute { MultipartBodyLengthLimit = import.Value.MaxFileBytes });
            }));

        return services;
    }
}
