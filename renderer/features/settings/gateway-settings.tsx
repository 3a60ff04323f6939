import { useApp } from '../../store/use-app.ts';
import { doorPort } from '../../view/door-port.ts';
import { PortField } from './port-field.tsx';
import { SettingSwitch } from './setting-switch.tsx';

/** Where tools and MCP clients reach Tokentray, and what MCP clients may do there. */
export function GatewaySettings() {
  const settings = useApp((state) => state.settings);
  const { gateway, mcp } = useApp((state) => state.gateway);
  const gatewayPort = doorPort(gateway, settings.gatewayPort);
  const mcpPort = doorPort(mcp, settings.mcpPort);
  const change = useApp((state) => state.changeSettings);
  return (
    <>
      <PortField
        label="Port of the gateway"
        hint="On this machine only. Tools that know an address of the gateway need the new one."
        value={gatewayPort}
        taken={mcpPort}
        fault={gateway.fault}
        onChange={(port) => void change({ gatewayPort: port })}
      />
      <SettingSwitch
        setting="mcpSignIn"
        label="MCP clients may sign in"
        note="A client opens a browser tab, and Tokentray asks you whether to let it in."
      />
      {settings.mcpSignIn && (
        <>
          <PortField
            label="Port for MCP clients"
            hint="Clients that know an address need the new one: add them again."
            value={mcpPort}
            taken={gatewayPort}
            fault={mcp.fault}
            onChange={(port) => void change({ mcpPort: port })}
          />
          <SettingSwitch
            setting="mcpForeignTokens"
            label="MCP clients may bring their own tokens"
            note="With a token of an account that is not connected here, a client may use the MCP server that runs on this machine; the token is passed on as it is, and no rules apply."
          />
        </>
      )}
    </>
  );
}
