using Jarvis.Domain.BugReports;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Jarvis.Infrastructure.Persistence.Configurations;

internal sealed class BugReportConfiguration : IEntityTypeConfiguration<BugReport>
{
    private const int MediaTypeMaxLength = 50;
    private const int UrlMaxLength = 2_000;

    public void Configure(EntityTypeBuilder<BugReport> builder)
    {
        builder.ToTable("bug_reports");
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(report => report.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(report => report.Title).HasMaxLength(BugReport.TitleMaxLength);
        builder.Property(report => report.Description).HasMaxLength(BugReport.DescriptionMaxLength);
        builder.Property(report => report.Version).HasMaxLength(BugReport.VersionMaxLength);
        builder.Property(report => report.TraceId).HasMaxLength(BugReport.TraceIdMaxLength);
        builder.ComplexProperty(report => report.Failure).HasFailureColumns();
        builder.Property(report => report.WorkItemUrl).HasMaxLength(UrlMaxLength);
        builder.HasIndex(report => new { report.UserId, report.Id });

        // Of two workers that take it the engine lets one through, and one that was halted meanwhile stores nothing.
        builder.Property(report => report.Attempts).IsConcurrencyToken();

        // What workers look for is little among much.
        builder.HasIndex(report => report.NextAttemptAt).HasFilter("status <> 'sent'");

        // Apart, so that a list does not read them.
        builder.OwnsOne(report => report.Attachment, picture =>
        {
            picture.ToTable("bug_report_pictures");
            picture.WithOwner().HasForeignKey("BugReportId");
            picture.HasKey("BugReportId");
            picture.Property("BugReportId").HasColumnName("bug_report_id");
            picture.Property(one => one.MediaType).HasMaxLength(MediaTypeMaxLength);
            picture.Ignore(one => one.FileName);
        });
    }
}
