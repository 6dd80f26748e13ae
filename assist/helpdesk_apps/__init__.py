"""Apps that stand in a helpdesk and show the panel there, packaged as each helpdesk takes them."""
