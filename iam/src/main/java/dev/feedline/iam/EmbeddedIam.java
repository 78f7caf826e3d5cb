package dev.feedline.iam;

import dev.feedline.kernel.Ground;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.*;

/// IAM as far as tools need it that set up functions, streams and jobs: roles and their policies.
///
/// They are kept and told, and have no effect: nobody takes a role on, and no policy denies or allows anything.
public final class EmbeddedIam implements IamClient {
    private final IamStore store;
    private final Roles roles;
    private final RolePolicies policies;

    private EmbeddedIam(IamStore store, Ground ground) {
        this.store = store;
        this.roles = new Roles(store, ground);
        this.policies = new RolePolicies(store);
    }

    public static EmbeddedIam open(Path folder, Ground ground) throws IOException {
        return new EmbeddedIam(IamStore.open(folder, ground), ground);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public CreateRoleResponse createRole(CreateRoleRequest request) {
        return CreateRoleResponse.builder().role(roles.create(request)).build();
    }

    @Override
    public GetRoleResponse getRole(GetRoleRequest request) {
        return GetRoleResponse.builder().role(roles.get(request.roleName())).build();
    }

    @Override
    public ListRolesResponse listRoles(ListRolesRequest request) {
        return roles.list(request);
    }

    @Override
    public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
        return roles.tags(request);
    }

    @Override
    public UpdateRoleResponse updateRole(UpdateRoleRequest request) {
        roles.update(request);
        return UpdateRoleResponse.builder().build();
    }

    @Override
    public UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest request) {
        return UpdateRoleDescriptionResponse.builder()
                .role(roles.describe(request.roleName(), request.description()))
                .build();
    }

    @Override
    public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest request) {
        roles.updateTrust(request.roleName(), request.policyDocument());
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    @Override
    public TagRoleResponse tagRole(TagRoleRequest request) {
        roles.tag(request.roleName(), request.tags());
        return TagRoleResponse.builder().build();
    }

    @Override
    public UntagRoleResponse untagRole(UntagRoleRequest request) {
        roles.untag(request.roleName(), request.tagKeys());
        return UntagRoleResponse.builder().build();
    }

    @Override
    public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
        roles.delete(request.roleName());
        return DeleteRoleResponse.builder().build();
    }

    @Override
    public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
        policies.put(request.roleName(), request.policyName(), request.policyDocument());
        return PutRolePolicyResponse.builder().build();
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
        return GetRolePolicyResponse.builder()
                .roleName(request.roleName())
                .policyName(request.policyName())
                .policyDocument(PolicyDocument.encoded(policies.get(request.roleName(), request.policyName())))
                .build();
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
        return policies.list(request);
    }

    @Override
    public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
        policies.delete(request.roleName(), request.policyName());
        return DeleteRolePolicyResponse.builder().build();
    }

    @Override
    public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
        policies.attach(request.roleName(), request.policyArn());
        return AttachRolePolicyResponse.builder().build();
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest request) {
        return policies.attached(request);
    }

    @Override
    public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
        policies.detach(request.roleName(), request.policyArn());
        return DetachRolePolicyResponse.builder().build();
    }

    /// There are no instances, so no role is in a profile of one.
    @Override
    public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(ListInstanceProfilesForRoleRequest request) {
        Role role = roles.get(request.roleName());
        Page.of("ListInstanceProfilesForRole " + role.roleName(), request.marker(), request.maxItems());
        return ListInstanceProfilesForRoleResponse.builder()
                .instanceProfiles(List.of())
                .isTruncated(false)
                .build();
    }
}
