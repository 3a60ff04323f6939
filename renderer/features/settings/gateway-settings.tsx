import { useApp } from '../../store/use-app.ts';
import { PortField } from './port-field.tsx';
import { SettingSwitch } from './setting-switch.tsx';

/** Where tools and MCP clients reach Tokentray, and what MCP clients may do there. */
export function GatewaySettings() {
  const { gatewayPort, mcpPort, mcpSignIn } = useApp((state) => state.settings);
  const gatewayFault = useApp((state) => state.gateway.gateway.fault);
  const mcpFault = useApp((state) => state.gateway.mcp.fault);
  const change = useApp((state) => state.changeSettings);
  return (
    <>
      <PortField
        label="Port of the gateway"
        hint="On this machine only. Tools that know an address of the gateway need the new one."
        value={gatewayPort}
        taken={mcpPort}
        fault={gatewayFault}
        onChange={(port) => void change({ gatewayPort: port })}
      />
      <SettingSwitch
        setting="mcpSignIn"
        label="MCP clients may sign in"
        note="A client opens a browser tab, and Tokentray asks you whether to let it in."
      />
      {mcpSignIn && (
        <>
          <PortField
            label="Port for MCP clients"
            hint="Clients that know an address need the new one: add them again."
            value={mcpPort}
            taken={gatewayPort}
            fault={mcpFault}
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
