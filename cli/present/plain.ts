/** Text from elsewhere without what a terminal would obey: control characters, and marks that turn the direction. */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

/** A message about a file, which most messages name by themselves. */
export const about = (file: string, message: string): string =>
  message.includes(file) ? plain(message) : `${plain(file)}: ${plain(message)}`;
