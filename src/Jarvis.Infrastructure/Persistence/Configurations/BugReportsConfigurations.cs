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

        // Only one of two workers can claim a report, and a worker that lost its claim stores nothing.
        builder.Property(report => report.Attempts).IsConcurrencyToken();

        builder.Property(report => report.DueAt).HasColumnName("next_attempt_at");

        // A partial index, because workers look for few of many rows.
        builder.HasIndex(report => report.DueAt).HasFilter("status <> 'sent'");

        // In a separate table, so that a list of reports does not read attachments.
        builder.OwnsOne(report => report.Attachment, attachment =>
        {
            attachment.ToTable("bug_report_pictures");
            attachment.WithOwner().HasForeignKey("BugReportId");
            attachment.HasKey("BugReportId");
            attachment.Property("BugReportId").HasColumnName("bug_report_id");
            attachment.Property(file => file.MediaType).HasMaxLength(MediaTypeMaxLength);
            attachment.Ignore(file => file.FileName);
        });
    }
}
