package com.amazonaws.services.glue.errors

/** Where in a script something was called, as the script says it. */
final case class CallSite(site: String, info: String = "")
