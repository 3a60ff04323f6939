declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  // eslint-disable-next-line import-x/no-default-export -- what the bundler makes of a CSS module
  export default classes;
}
declare module '*.css';
