using System;
using System.Collections;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using Pgvector;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Postgres.Migrations
{
    /// <summary>The schema of the first version. Default values are for rows that a script inserts; Jarvis sets every column.</summary>
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:vector", ",,");

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_administrator = table.Column<bool>(type: "boolean", nullable: false),
                    username = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_username = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "access_tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_tokens", x => x.id);
                    table.ForeignKey(
                        name: "fk_access_tokens_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bug_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    description = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: false),
                    severity = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    version = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    trace_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    work_item_id = table.Column<int>(type: "integer", nullable: true),
                    work_item_url = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failure_arguments = table.Column<string[]>(type: "text[]", nullable: false),
                    failure_code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    failure_message = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bug_reports", x => x.id);
                    table.ForeignKey(
                        name: "fk_bug_reports_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    platform = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    external_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    without_memory = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation", x => x.conversation_id);
                    table.ForeignKey(
                        name: "fk_conversation_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "discord_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    discord_user_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    linked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_discord_accounts", x => x.id);
                    table.ForeignKey(
                        name: "fk_discord_accounts_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "discord_questions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    interaction_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    application_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    token = table.Column<byte[]>(type: "bytea", nullable: false),
                    discord_user_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    scope_type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    guild_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    channel_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    is_public = table.Column<bool>(type: "boolean", nullable: false),
                    with_memory = table.Column<bool>(type: "boolean", nullable: false),
                    prompt = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    turn_id = table.Column<Guid>(type: "uuid", nullable: true),
                    parts_sent = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_discord_questions", x => x.id);
                    table.ForeignKey(
                        name: "fk_discord_questions_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "memory_tombstones",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    source_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memory_tombstones", x => x.id);
                    table.ForeignKey(
                        name: "fk_memory_tombstones_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_config",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    model = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    temperature = table.Column<float>(type: "real", nullable: false),
                    speaches_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    speaches_tts_model = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    speaches_tts_voice = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    tts_provider = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    speech_speed = table.Column<float>(type: "real", nullable: false, defaultValue: 1f),
                    language = table.Column<string>(type: "text", nullable: true),
                    theme = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    local_models_only = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    memory_key = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_config", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_config_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bug_report_pictures",
                columns: table => new
                {
                    bug_report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    media_type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bug_report_pictures", x => x.bug_report_id);
                    table.ForeignKey(
                        name: "fk_bug_report_pictures_bug_reports_id",
                        column: x => x.bug_report_id,
                        principalTable: "bug_reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_history",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    prompt = table.Column<string>(type: "text", nullable: false),
                    response = table.Column<string>(type: "text", nullable: true),
                    used_tokens = table.Column<int>(type: "integer", nullable: false),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    model = table.Column<string>(type: "text", nullable: true),
                    external_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    remembered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    recallable = table.Column<bool>(type: "boolean", nullable: false),
                    recall = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, defaultValue: "asked"),
                    embedding_model = table.Column<string>(type: "text", nullable: true),
                    failure_arguments = table.Column<string[]>(type: "text[]", nullable: false),
                    failure_code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    failure_message = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_history", x => x.id);
                    table.ForeignKey(
                        name: "fk_conversation_history_conversation_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversation",
                        principalColumn: "conversation_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_conversation_history_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_summary",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    summary = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    message_count = table.Column<int>(type: "integer", nullable: false),
                    last_turn_id = table.Column<Guid>(type: "uuid", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rebuild = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_summary", x => x.id);
                    table.ForeignKey(
                        name: "fk_conversation_summary_conversation_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversation",
                        principalColumn: "conversation_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_conversation_summary_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "discord_conversations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    scope_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    scope_type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    guild_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    channel_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    discord_user_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    last_turn_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_discord_conversations", x => x.id);
                    table.ForeignKey(
                        name: "fk_discord_conversations_conversation_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversation",
                        principalColumn: "conversation_id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_discord_conversations_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "memory_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    source_turn_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    content = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    salience = table.Column<float>(type: "real", nullable: false),
                    pinned = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    edited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    valid_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    superseded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    embedding_model = table.Column<string>(type: "text", nullable: true),
                    embedding = table.Column<HalfVector>(type: "halfvec", nullable: true),
                    embedding_code = table.Column<BitArray>(type: "bit varying", nullable: true, computedColumnSql: "binary_quantize(embedding)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memory_items", x => x.id);
                    table.ForeignKey(
                        name: "fk_memory_items_conversation_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversation",
                        principalColumn: "conversation_id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_memory_items_memory_items_superseded_by",
                        column: x => x.superseded_by,
                        principalTable: "memory_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_memory_items_turns_source_turn_id",
                        column: x => x.source_turn_id,
                        principalTable: "conversation_history",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_memory_items_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_insert_scale_factor", 0.02)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0.050000000000000003);

            migrationBuilder.CreateTable(
                name: "turn_embeddings",
                columns: table => new
                {
                    turn_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    embedding_model = table.Column<string>(type: "text", nullable: false),
                    embedding = table.Column<HalfVector>(type: "halfvec", nullable: false),
                    embedding_code = table.Column<BitArray>(type: "bit varying", nullable: true, computedColumnSql: "binary_quantize(embedding)", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_turn_embeddings", x => x.turn_id);
                    table.ForeignKey(
                        name: "fk_turn_embeddings_conversation_history_turn_id",
                        column: x => x.turn_id,
                        principalTable: "conversation_history",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_turn_embeddings_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_insert_scale_factor", 0.02)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0.050000000000000003);

            migrationBuilder.CreateTable(
                name: "search_documents",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    turn_id = table.Column<Guid>(type: "uuid", nullable: true),
                    memory_item_id = table.Column<Guid>(type: "uuid", nullable: true),
                    terms = table.Column<string>(type: "text", nullable: false),
                    terms_version = table.Column<int>(type: "integer", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_documents", x => x.id);
                    table.ForeignKey(
                        name: "fk_search_documents_memory_items_memory_item_id",
                        column: x => x.memory_item_id,
                        principalTable: "memory_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_search_documents_turns_turn_id",
                        column: x => x.turn_id,
                        principalTable: "conversation_history",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_search_documents_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "turn_memories",
                columns: table => new
                {
                    position = table.Column<int>(type: "integer", nullable: false),
                    turn_id = table.Column<Guid>(type: "uuid", nullable: false),
                    memory_item_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_item = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    source_turn_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_turn_memories", x => new { x.turn_id, x.position });
                    table.ForeignKey(
                        name: "fk_turn_memories_conversation_history_source_turn_id",
                        column: x => x.source_turn_id,
                        principalTable: "conversation_history",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_turn_memories_conversation_history_turn_id",
                        column: x => x.turn_id,
                        principalTable: "conversation_history",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_turn_memories_memory_items_memory_item_id",
                        column: x => x.memory_item_id,
                        principalTable: "memory_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_hash",
                table: "access_tokens",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_user_id",
                table: "access_tokens",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_bug_reports_next_attempt_at",
                table: "bug_reports",
                column: "next_attempt_at",
                filter: "status <> 'sent'");

            migrationBuilder.CreateIndex(
                name: "ix_bug_reports_user_id_id",
                table: "bug_reports",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_user_id_external_id",
                table: "conversation",
                columns: new[] { "user_id", "external_id" },
                unique: true,
                filter: "external_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_user_id_updated_at",
                table: "conversation",
                columns: new[] { "user_id", "updated_at" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_history_conversation_id",
                table: "conversation_history",
                column: "conversation_id",
                filter: "remembered_at IS NULL AND status = 'completed'");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_history_conversation_id_external_id",
                table: "conversation_history",
                columns: new[] { "conversation_id", "external_id" },
                unique: true,
                filter: "external_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_history_conversation_id_id",
                table: "conversation_history",
                columns: new[] { "conversation_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_history_embedding_model_id",
                table: "conversation_history",
                columns: new[] { "embedding_model", "id" },
                filter: "status = 'completed' AND recallable");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_history_timestamp",
                table: "conversation_history",
                column: "timestamp",
                filter: "status = 'pending'");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_history_user_id_id",
                table: "conversation_history",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_summary_conversation_id",
                table: "conversation_summary",
                column: "conversation_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_summary_rebuild",
                table: "conversation_summary",
                column: "rebuild",
                filter: "rebuild");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_summary_user_id",
                table: "conversation_summary",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_discord_accounts_discord_user_id",
                table: "discord_accounts",
                column: "discord_user_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_discord_accounts_user_id",
                table: "discord_accounts",
                column: "user_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_discord_conversations_conversation_id",
                table: "discord_conversations",
                column: "conversation_id");

            migrationBuilder.CreateIndex(
                name: "ix_discord_conversations_user_id_scope_key",
                table: "discord_conversations",
                columns: new[] { "user_id", "scope_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_discord_questions_due_at",
                table: "discord_questions",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ix_discord_questions_interaction_id",
                table: "discord_questions",
                column: "interaction_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_discord_questions_user_id",
                table: "discord_questions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_memory_items_conversation_id",
                table: "memory_items",
                column: "conversation_id");

            migrationBuilder.CreateIndex(
                name: "ix_memory_items_embedding_model",
                table: "memory_items",
                columns: new[] { "embedding_model", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_memory_items_nearest",
                table: "memory_items",
                columns: new[] { "user_id", "embedding_model" },
                filter: "embedding_code IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "id", "embedding_code" });

            migrationBuilder.CreateIndex(
                name: "ix_memory_items_source_turn_id",
                table: "memory_items",
                column: "source_turn_id");

            migrationBuilder.CreateIndex(
                name: "ix_memory_items_superseded_by",
                table: "memory_items",
                column: "superseded_by");

            migrationBuilder.CreateIndex(
                name: "ix_memory_items_user_id_content_hash",
                table: "memory_items",
                columns: new[] { "user_id", "content_hash" },
                unique: true,
                filter: "valid_to IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_memory_items_user_id_id",
                table: "memory_items",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_memory_tombstones_user_id_content_hash",
                table: "memory_tombstones",
                columns: new[] { "user_id", "content_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_search_documents_memory_item_id",
                table: "search_documents",
                column: "memory_item_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_search_documents_turn_id",
                table: "search_documents",
                column: "turn_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_search_documents_user_id",
                table: "search_documents",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_turn_embeddings_nearest",
                table: "turn_embeddings",
                columns: new[] { "user_id", "embedding_model" })
                .Annotation("Npgsql:IndexInclude", new[] { "turn_id", "embedding_code" });

            migrationBuilder.CreateIndex(
                name: "ix_turn_memories_memory_item_id",
                table: "turn_memories",
                column: "memory_item_id");

            migrationBuilder.CreateIndex(
                name: "ix_turn_memories_source_turn_id",
                table: "turn_memories",
                column: "source_turn_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_config_user_id",
                table: "user_config",
                column: "user_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_email",
                table: "users",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_username",
                table: "users",
                column: "normalized_username",
                unique: true);

            InitialSql.Up(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            InitialSql.Down(migrationBuilder);

            migrationBuilder.DropTable(
                name: "access_tokens");

            migrationBuilder.DropTable(
                name: "bug_report_pictures");

            migrationBuilder.DropTable(
                name: "conversation_summary");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "discord_accounts");

            migrationBuilder.DropTable(
                name: "discord_conversations");

            migrationBuilder.DropTable(
                name: "discord_questions");

            migrationBuilder.DropTable(
                name: "memory_tombstones");

            migrationBuilder.DropTable(
                name: "search_documents");

            migrationBuilder.DropTable(
                name: "turn_embeddings");

            migrationBuilder.DropTable(
                name: "turn_memories");

            migrationBuilder.DropTable(
                name: "user_config");

            migrationBuilder.DropTable(
                name: "bug_reports");

            migrationBuilder.DropTable(
                name: "memory_items");

            migrationBuilder.DropTable(
                name: "conversation_history");

            migrationBuilder.DropTable(
                name: "conversation");

            migrationBuilder.DropTable(
                name: "users");
        }
    }
}
