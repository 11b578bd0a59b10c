using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jarvis.Infrastructure.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Discord : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "discord_accounts");

            migrationBuilder.DropTable(
                name: "discord_conversations");

            migrationBuilder.DropTable(
                name: "discord_questions");
        }
    }
}
