/** A theme of VS Code as a webview sees it: the classes of `<body>` and the variables on `<html>`. */
export interface PreviewTheme {
  readonly bodyClass: string;
  readonly colours: Readonly<Record<string, string>>;
}

export type ThemeName = 'dark' | 'light' | 'hc-dark' | 'hc-light';

const ANSI = 'Black Red Green Yellow Blue Magenta Cyan White'.split(' ');

function terminal(plain: string, bright: string): Record<string, string> {
  const pairs = [plain, bright].flatMap((list, row) =>
    list.split(' ').map((value, index): [string, string] => {
      return [`terminal-ansi${row === 1 ? 'Bright' : ''}${ANSI[index] ?? ''}`, value];
    }),
  );
  return Object.fromEntries(pairs);
}

const DARK_TERMINAL = terminal(
  '#000000 #cd3131 #0dbc79 #e5e510 #2472c8 #bc3fbc #11a8cd #e5e5e5',
  '#666666 #f14c4c #23d18b #f5f543 #3b8eea #d670d6 #29b8db #e5e5e5',
);
const LIGHT_TERMINAL = terminal(
  '#000000 #cd3131 #107c10 #949800 #0451a5 #bc05bc #0598bc #555555',
  '#666666 #cd3131 #14ce14 #b5ba00 #0451a5 #bc05bc #0598bc #a5a5a5',
);

/** The values of VS Code 1.139's own themes, and its registry's defaults where a theme is silent. */
export const THEMES: Readonly<Record<ThemeName, PreviewTheme>> = {
  dark: {
    bodyClass: 'vscode-dark',
    colours: {
      ...DARK_TERMINAL,
      foreground: '#cccccc',
      descriptionForeground: '#9d9d9d',
      errorForeground: '#f85149',
      'editor-background': '#1f1f1f',
      'editor-foreground': '#cccccc',
      'editorGroup-border': '#ffffff17',
      'panel-border': '#2b2b2b',
      focusBorder: '#0078d4',
      'list-hoverBackground': '#2a2d2e',
      'textCodeBlock-background': '#2b2b2b',
      'textLink-foreground': '#4daafc',
      'button-background': '#0078d4',
      'button-foreground': '#ffffff',
      'button-hoverBackground': '#026ec1',
      'button-border': '#ffffff1a',
      'button-secondaryBackground': '#00000000',
      'button-secondaryForeground': '#cccccc',
      'button-secondaryHoverBackground': '#2b2b2b',
      'input-background': '#313131',
      'input-border': '#3c3c3c',
      'input-foreground': '#cccccc',
      'input-placeholderForeground': '#989898',
      'inputOption-activeBackground': '#2489db82',
      'inputOption-activeBorder': '#2488db',
      'inputOption-activeForeground': '#ffffff',
      'inputValidation-warningBackground': '#352a05',
      'inputValidation-warningBorder': '#b89500',
      'charts-green': '#89d185',
      'editorWarning-foreground': '#cca700',
      'editor-findMatchHighlightBackground': '#ea5c0055',
      'widget-shadow': '#0000005c',
    },
  },
  light: {
    bodyClass: 'vscode-light',
    colours: {
      ...LIGHT_TERMINAL,
      foreground: '#3b3b3b',
      descriptionForeground: '#3b3b3b',
      errorForeground: '#f85149',
      'editor-background': '#ffffff',
      'editor-foreground': '#3b3b3b',
      'editorGroup-border': '#e5e5e5',
      'panel-border': '#e5e5e5',
      focusBorder: '#005fb8',
      'list-hoverBackground': '#f2f2f2',
      'textCodeBlock-background': '#f8f8f8',
      'textLink-foreground': '#005fb8',
      'button-background': '#005fb8',
      'button-foreground': '#ffffff',
      'button-hoverBackground': '#0258a8',
      'button-border': '#0000001a',
      'button-secondaryBackground': '#e5e5e5',
      'button-secondaryForeground': '#3b3b3b',
      'button-secondaryHoverBackground': '#cccccc',
      'input-background': '#ffffff',
      'input-border': '#cecece',
      'input-foreground': '#3b3b3b',
      'input-placeholderForeground': '#767676',
      'inputOption-activeBackground': '#bed6ed',
      'inputOption-activeBorder': '#005fb8',
      'inputOption-activeForeground': '#000000',
      'inputValidation-warningBackground': '#f6f5d2',
      'inputValidation-warningBorder': '#b89500',
      'charts-green': '#388a34',
      'editorWarning-foreground': '#bf8803',
      'editor-findMatchHighlightBackground': '#ea5c0055',
      'widget-shadow': '#00000029',
    },
  },
  'hc-dark': {
    bodyClass: 'vscode-high-contrast',
    colours: {
      ...terminal(
        '#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5',
        '#7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff',
      ),
      foreground: '#ffffff',
      descriptionForeground: '#ffffffb3',
      errorForeground: '#f48771',
      'editor-background': '#000000',
      'editor-foreground': '#ffffff',
      'editorGroup-border': '#6fc3df',
      'panel-border': '#6fc3df',
      contrastBorder: '#6fc3df',
      contrastActiveBorder: '#f38518',
      focusBorder: '#f38518',
      'list-hoverBackground': '#ffffff1a',
      'textCodeBlock-background': '#000000',
      'textLink-foreground': '#21a6ff',
      'button-background': '#000000',
      'button-foreground': '#ffffff',
      'button-border': '#6fc3df',
      'button-secondaryBackground': '#000000',
      'button-secondaryForeground': '#ffffff',
      'input-background': '#000000',
      'input-border': '#6fc3df',
      'input-foreground': '#ffffff',
      'input-placeholderForeground': '#ffffffb3',
      'inputOption-activeBackground': '#00000000',
      'inputOption-activeBorder': '#6fc3df',
      'inputOption-activeForeground': '#ffffff',
      'inputValidation-warningBackground': '#000000',
      'inputValidation-warningBorder': '#6fc3df',
      'charts-green': '#89d185',
      'editorWarning-foreground': '#ffd370',
      'editor-findMatchHighlightBackground': '#00000000',
    },
  },
  'hc-light': {
    bodyClass: 'vscode-high-contrast-light vscode-high-contrast',
    colours: {
      ...terminal(
        '#292929 #cd3131 #136c13 #949800 #0451a5 #bc05bc #0598bc #555555',
        '#666666 #cd3131 #00bc00 #b5ba00 #0451a5 #bc05bc #0598bc #a5a5a5',
      ),
      foreground: '#292929',
      descriptionForeground: '#292929',
      errorForeground: '#b5200d',
      'editor-background': '#ffffff',
      'editor-foreground': '#292929',
      'editorGroup-border': '#0f4a85',
      'panel-border': '#0f4a85',
      contrastBorder: '#0f4a85',
      contrastActiveBorder: '#006bbd',
      focusBorder: '#006bbd',
      'list-hoverBackground': '#0f4a851a',
      'textCodeBlock-background': '#f2f2f2',
      'textLink-foreground': '#0f4a85',
      'button-background': '#0f4a85',
      'button-foreground': '#ffffff',
      'button-border': '#0f4a85',
      'button-secondaryBackground': '#ffffff',
      'button-secondaryForeground': '#0f4a85',
      'input-background': '#ffffff',
      'input-border': '#0f4a85',
      'input-foreground': '#292929',
      'input-placeholderForeground': '#292929b3',
      'inputOption-activeBackground': '#00000000',
      'inputOption-activeBorder': '#0f4a85',
      'inputOption-activeForeground': '#292929',
      'inputValidation-warningBackground': '#ffffff',
      'inputValidation-warningBorder': '#0f4a85',
      'charts-green': '#374e06',
      'editorWarning-foreground': '#895503',
      'editor-findMatchHighlightBackground': '#00000000',
    },
  },
};

/** The theme as the style sheet that VS Code would put on the page. */
export function themeSheet(name: ThemeName): string {
  const declarations = Object.entries(THEMES[name].colours).map(
    ([key, value]) => `--vscode-${key}: ${value};`,
  );
  return `:root {
  --vscode-font-family: system-ui, 'DejaVu Sans', sans-serif;
  --vscode-font-size: 13px;
  --vscode-editor-font-family: 'DejaVu Sans Mono', monospace;
  --vscode-editor-font-size: 12px;
  ${declarations.join('\n  ')}
}`;
}
