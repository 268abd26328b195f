/** An account of Telegram, as the bot sees who writes or presses. */
export type TelegramAccount = {
  readonly id: number;
  readonly firstName: string;
  readonly lastName?: string | undefined;
  readonly username?: string | undefined;
};

/** The name and, since anybody can have that, the username, which one account has. */
export function accountName({ firstName, lastName, username }: Omit<TelegramAccount, "id">): string {
  const name = [firstName, lastName].filter(Boolean).join(" ");
  return username ? `${name} (@${username})` : name;
}
