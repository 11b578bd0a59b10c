using Jarvis.Infrastructure.Integrations.Imports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Jarvis.Web.Uploads;

internal static class LargeUploads
{
    /// <summary>Raises the size limit of the import page's form. The framework buffers large parts on disk, not in memory.</summary>
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
